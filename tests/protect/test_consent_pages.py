"""Whom we may call: one member at a time, with the proof; and the one quiet line at the desk."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from firsthand.answer import actions as answer
from firsthand.journal.models import Entry
from firsthand.people.models import Role
from firsthand.protect import actions
from firsthand.protect.models import Consent, OutboundContact, Suppression
from tests import world
from tests.answer import room
from tests.answer.pages import HTMX, TAB, address, says
from tests.people.signing import client_of
from tests.protect import outreach

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    """Alma's browser, the advisor's."""
    outreach.in_switzerland()
    return client_of(outreach.alma())


def of(member: int, more: str = "") -> str:
    return reverse("protect:consents_of", args=[member]) + more


def page_of(client, member=None) -> str:
    member = member or world.frau_keller()
    return says(client.get(of(member.pk)))


def test_nobody_counts_through_members_or_proofs(desk):
    proof = outreach.consent()
    whole = reverse("protect:proof", args=[proof.pk])
    assert desk.get(whole).status_code == 200
    number, mac = whole.strip("/").rpartition("/")[2].split("-")
    of_member = of(proof.member_id).strip("/").rpartition("/")[2]
    for tried in (number, f"{proof.pk + 1}-{mac}", f"{number}-{mac[::-1]}", f"{number}-", f"{number}-{mac}0"):
        assert desk.get(f"/protect/proofs/{tried}/").status_code == 404
    assert desk.get(f"/protect/proofs/{proof.pk}-{of_member.partition('-')[2]}/").status_code == 404
    assert desk.get(f"/protect/consents/{proof.member_id}/").status_code == 404
    assert Entry.objects.filter(verb="proof shown", object_id=str(proof.pk)).count() == 1


def test_a_member_is_chosen_by_number_and_the_number_stands_in_no_address(desk):
    keller = world.frau_keller()
    assert "May we call?" in says(desk.get("/protect/consents/"))
    found = desk.post("/protect/consents/find/", {"number": "100 200 300"})
    assert found["Location"] == of(keller.pk)
    nobody = desk.post("/protect/consents/find/", {"number": "4711"})
    assert nobody.status_code == 422
    assert "No member has this number" in nobody.content.decode()


def test_it_says_which_calls_are_allowed_and_why(desk):
    page = page_of(desk)
    assert "Ruth Keller" in page
    assert page.count("It rests on being insured here.") == 3


def test_of_somebody_who_may_not_be_called_there_is_no_name(settings, desk):
    outreach.in_germany(settings)
    page = page_of(desk)
    assert "There is no consent to such calls." in page
    assert "Begin the call" not in page
    assert not any(word in page for word in ("Keller", "Ruth", "443218765", "Limmatstrasse"))


def test_a_consent_is_recorded_and_its_proof_shown(settings, desk):
    outreach.in_germany(settings)
    settings.INSURER = "Firnlicht"
    keller = world.frau_keller()
    form = says(desk.get(of(keller.pk, "?scope=survey")))
    assert "I agree that Firnlicht calls me to ask how satisfied I am." in form
    given = {
        "scope": "survey", "way": "written", "given_at": "2026-03-01T14:30", "name": "Ruth Keller-Frei",
        "address": "Rue du Lac 3, 2502 Biel", "company": "Firnlicht", "wording": "I agree to be asked.",
    }  # fmt: skip
    assert desk.post(of(keller.pk, "give/"), {**given, "wording": ""}).status_code == 422
    assert desk.post(of(keller.pk, "give/"), given).status_code == 302
    assert "It rests on a consent of 1 March 2026" in page_of(desk)
    sheet = says(desk.get(reverse("protect:proof", args=[Consent.objects.get().pk])))
    for words in (
        "Ruth Keller-Frei, Rue du Lac 3, 2502 Biel",
        "I agree to be asked.",
        "on paper",
        "14:30:00",
    ):
        assert words in sheet
    assert "1 March 2031" in sheet
    assert Entry.objects.filter(verb="proof shown", actor_id=outreach.alma().pk).count() == 1
    assert Entry.objects.filter(verb="looked at consents").exists()


def test_the_number_is_shown_when_the_call_has_begun_and_not_before(desk):
    keller = world.frau_keller()
    assert "+41443218765" not in page_of(desk)
    answer_page = says(desk.post(of(keller.pk, "call/"), {"scope": "survey"}))
    assert "+41443218765" in answer_page
    assert OutboundContact.objects.get().person == outreach.alma()


def test_a_refused_call_names_what_is_missing(settings, desk):
    outreach.in_germany(settings)
    refused = desk.post(of(world.frau_keller().pk, "call/"), {"scope": "survey"})
    assert refused.status_code == 422
    assert "There is no consent to such calls." in refused.content.decode()
    assert not OutboundContact.objects.exists()


def test_after_a_refused_call_the_page_says_what_holds_now(desk):
    keller = world.frau_keller()
    assert page_of(desk).count("Begin the call") == 3
    actions.withdraw(keller, way="telephone", by=world.petra())
    refused = desk.post(of(keller.pk, "call/"), {"scope": "survey"}, headers={**HTMX, "HX-Boosted": "true"})
    assert refused.status_code == 422
    assert "HX-Retarget" not in refused, "a notice alone would leave the page of before around it"
    page = says(refused)
    notice = page[page.index('id="notices"') :].partition("</div>")[0]
    assert "does not want such calls" in notice
    assert "Begin the call" not in page
    assert "Ruth Keller" not in page
    assert page.count("not allowed") == 3


def test_a_no_that_stands_is_not_asked_for_again(desk):
    keller = world.frau_keller()
    assert "No more calls" in page_of(desk)
    desk.post(of(keller.pk, "withdraw/"), {"way": "telephone"})
    page = page_of(desk)
    assert "They said on" in page
    assert "No more calls" not in page
    outreach.consent()
    again = page_of(desk)
    assert "They said on" not in again
    assert "No more calls" in again


def test_a_consent_beside_a_later_no_can_still_be_ended(desk):
    keller = world.frau_keller()
    actions.withdraw(keller, way="telephone", by=world.petra())
    outreach.consent(keller, given_at=timezone.now() - timedelta(days=3))
    assert "No more calls" in page_of(desk)
    desk.post(of(keller.pk, "withdraw/"), {"way": "telephone"})
    assert Consent.objects.get().withdrawn_at
    assert "No more calls" not in page_of(desk)


def test_the_officer_withdraws_with_one_click_and_calls_nobody():
    outreach.in_switzerland()
    keller, officer = world.frau_keller(), client_of(world.petra())
    outreach.consent(keller)
    assert "Begin the call" not in page_of(officer)
    assert officer.post(of(keller.pk, "withdraw/"), {"way": "written"}).status_code == 302
    assert Consent.objects.get().withdrawn_way == "written"
    assert officer.post(of(keller.pk, "call/"), {"scope": "survey"}).status_code == 404


def test_a_number_is_kept_out_of_all_calls(desk):
    assert (
        desk.post("/protect/consents/no-calls/", {"number": "044 321 87 65", "why": "wish"}).status_code
        == 302
    )
    assert "Written down: nobody calls this number to advertise." in desk.get("/protect/consents/").text
    assert "Nobody may call this member to advertise." in page_of(desk)


def test_nobody_walks_through_the_register(desk, monkeypatch):
    monkeypatch.setattr(actions.outbound, "LOOK_UPS", 3)
    tried = [desk.post("/protect/consents/find/", {"number": str(n)}).content.decode() for n in range(5)]
    assert ["too often" in page or "That was too often" in page for page in tried][-1]


@pytest.mark.parametrize("role", [Role.HELPER, Role.SPECIALIST, Role.OWNER, Role.EXECUTIVE])
def test_for_everybody_else_the_page_does_not_exist(role):
    stranger = client_of(world.person("Zoe Zuber", role))
    assert stranger.get("/protect/consents/").status_code == 404
    assert stranger.get(of(world.frau_keller().pk)).status_code == 404


def test_at_the_desk_one_line_and_one_click():
    outreach.in_switzerland()
    ada = world.ada()
    contact = room.talking(ada)
    room.verify(contact)
    client = client_of(ada)
    assert "Advertising calls: allowed, because insured here" in says(client.get("/desk/"))
    part = says(client.post(address(contact, "no-advertising"), headers={**TAB, **HTMX}))
    assert "Advertising calls: not allowed" in part
    assert "No more such calls" not in part
    assert Suppression.objects.live().get().said_by == ada


def test_at_the_desk_it_says_since_when():
    outreach.in_switzerland()
    outreach.consent()
    contact = room.talking()
    room.verify(contact)
    assert "Advertising calls: allowed since" in says(client_of(world.ada()).get("/desk/"))


def test_without_an_open_file_nobody_withdraws_for_somebody():
    contact = room.talking()
    with pytest.raises(answer.NotYours):
        answer.no_advertising(contact, by=world.ada())
    room.verify(contact)
    with pytest.raises(actions.NoFileOpen):
        answer.no_advertising(contact.__class__.objects.get(pk=contact.pk), by=world.eva())


def test_a_callback_is_a_call_with_its_wish_as_proof():
    ada, contact = world.ada(), room.arrive()
    answer.ask_callback(contact, "044 700 00 00")
    room.ready(ada)
    answer.sweep()
    answer.take(contact, by=ada)
    call = OutboundContact.objects.get()
    assert (call.kind, call.basis, call.contact_id, call.person) == ("wish", "callback", contact.pk, ada)


def test_a_number_that_nobody_has_is_a_sentence_and_no_mishap(desk):
    given = {
        "scope": "survey", "way": "written", "name": "n", "address": "a", "company": "c", "wording": "w",
    }  # fmt: skip
    for path, data in (("give", given), ("withdraw", {}), ("call", {"scope": "survey"}), ("give", {})):
        assert desk.post(of(999999, f"{path}/"), data).status_code == 422
    assert desk.get(of(999999)).status_code == 200
    assert desk.get(reverse("protect:proof", args=[999999])).status_code == 404


def test_a_proof_is_shown_to_those_who_call_out_and_to_the_officer():
    """The action asks too: a page is not the only way to it."""
    given = outreach.consent()
    with pytest.raises(Http404):
        actions.show_proof(given.pk, by=world.ada())
    assert not Entry.objects.filter(verb="proof shown").exists()
    assert actions.show_proof(given.pk, by=world.petra()) == given
