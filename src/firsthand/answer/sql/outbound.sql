-- Calls that are no advertising rest on rows of this room: a contact that asked to be called back, a promise that is
-- open. protect has the table and does not know these; here it is held against them.
CREATE FUNCTION answer_outbound_has_its_proof() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind = 'wish' AND EXISTS (
        SELECT FROM answer_contact k JOIN answer_seat s ON s.id = k.seat_id
        WHERE k.id = NEW.contact_id AND k.callback_phone <> '' AND k.state IN ('offered', 'connected')
            AND s.person_id = NEW.person_id AND k.member_id IS NOT DISTINCT FROM NEW.member_id
        FOR UPDATE OF k
    ) THEN RETURN NEW; END IF;
    IF NEW.kind = 'service' AND EXISTS (
        SELECT FROM answer_promise p JOIN answer_contact k ON k.id = p.contact_id
        WHERE p.id = NEW.promise_id AND p.kept_at IS NULL AND k.member_id IS NOT DISTINCT FROM NEW.member_id
        FOR UPDATE OF p
    ) THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'no contact and no promise asks for this call' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER has_its_proof BEFORE INSERT ON protect_outboundcontact FOR EACH ROW
    WHEN (NEW.kind <> 'advertising') EXECUTE FUNCTION answer_outbound_has_its_proof();
