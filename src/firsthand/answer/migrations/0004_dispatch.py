"""Assignment at half the cost: fewer and smaller indexes on a contact, one CHECK, nothing looked up twice. Written."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT, SET_NULL, Q

from firsthand.kernel.sql import script

UNINDEXED = {
    "case": ("answer.case", PROTECT, "contacts"),
    "concern": ("know.concern", PROTECT, "+"),
    "held_for": ("answer.seat", SET_NULL, "+"),
    "member": ("members.member", PROTECT, "contacts"),
    "moved_by": (settings.AUTH_USER_MODEL, PROTECT, "+"),
}
# By name: of which columns, only where the last one named is known.
INDEXES = {
    "contact_connected": (["connected_at"], "connected_at"),
    "contact_closed": (["closed_at"], "closed_at"),
    "contact_history": (["member", "-queued_at"], "member"),
    "contact_of_a_case": (["case"], "case"),
    "contact_held": (["held_for"], "held_for"),
}
CHECKS = (
    "contact_seated_as_its_state_says",
    "contact_open_has_a_wake_up",
    "contact_held_only_while_queued",
    "contact_callback_has_a_number",
)
LEANER = """
DROP INDEX answer_contact_case_id_60ab7c1f, answer_contact_concern_id_da5ec797, answer_contact_held_for_id_3812d6ff,
    answer_contact_member_id_80b1a2a7, answer_contact_moved_by_id_029b2b58,
    contact_connected, contact_closed, contact_history;
CREATE INDEX contact_connected ON answer_contact (connected_at) WHERE connected_at IS NOT NULL;
CREATE INDEX contact_closed ON answer_contact (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX contact_history ON answer_contact (member_id, queued_at DESC) WHERE member_id IS NOT NULL;
CREATE INDEX contact_of_a_case ON answer_contact (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX contact_held ON answer_contact (held_for_id) WHERE held_for_id IS NOT NULL;
ALTER TABLE answer_contact
    DROP CONSTRAINT contact_seated_as_its_state_says, DROP CONSTRAINT contact_open_has_a_wake_up,
    DROP CONSTRAINT contact_held_only_while_queued, DROP CONSTRAINT contact_callback_has_a_number,
    DROP CONSTRAINT answer_contact_version_check, DROP CONSTRAINT answer_contact_verify_tries_check,
    DROP CONSTRAINT IF EXISTS contact_answered_is_short, DROP CONSTRAINT IF EXISTS contact_note_is_short;
-- Written all day, and asked by index only: what is known of the columns need not be known anew every ten seconds.
ALTER TABLE answer_contact SET (autovacuum_analyze_threshold = 20000);
ALTER TABLE answer_seat SET (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000);
"""
# In a house from before: what match.sql makes now.
BEFORE = """
DROP FUNCTION IF EXISTS answer_match_contact(bigint), answer_match_seat(bigint),
    answer_match_pairs(bigint[], bigint[]), answer_offer(bigint, bigint, timestamptz), answer_offer_ends(timestamptz),
    answer_fits(answer_seat, answer_contact, timestamptz),
    answer_requeue(bigint, text, bigint, text, text, boolean, interval);
"""


class Migration(migrations.Migration):
    dependencies = [("answer", "0003_shield")]
    operations = [
        # In SQL, so that Django need not draw all models for each of them.
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(LEANER, migrations.RunSQL.noop)],
            state_operations=[
                *(migrations.RemoveConstraint("contact", name) for name in CHECKS),
                *(migrations.RemoveIndex("contact", name) for name in list(INDEXES)[:3]),
                *(
                    migrations.AlterField(
                        "contact",
                        name,
                        models.ForeignKey(to, then, null=True, related_name=back, db_index=False),
                    )
                    for name, (to, then, back) in UNINDEXED.items()
                ),
                *(
                    migrations.AddIndex(
                        "contact",
                        models.Index(name=name, fields=fields, condition=Q((f"{known}__isnull", False))),
                    )
                    for name, (fields, known) in INDEXES.items()
                ),
            ],
        ),
        migrations.RunSQL(script("firsthand.answer", "moves"), migrations.RunSQL.noop),
        migrations.RunSQL([BEFORE, script("firsthand.answer", "match")], migrations.RunSQL.noop),
    ]
