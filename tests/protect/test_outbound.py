"""No call without live proof, in the database."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from firsthand.journal.models import Entry
from firsthand.kernel import zones
from firsthand.kernel.sql import script
from firsthand.members.models import Member
from firsthand.protect import actions, queries
from firsthand.protect.models import Consent, MayBeCalled, OutboundContact
from firsthand.protect.outreach import RESTS_ON, WHY_NOT
from firsthand.protect.pure import proof
from firsthand.protect.pure.clocks import plus_months
from tests import world
from tests.protect import outreach

pytestmark = pytest.mark.django_db


def why_not(member: Member, scope: str = outreach.SCOPE) -> str:
    """What stands between this member and a call; empty when it was begun."""
    try:
        actions.begin_outbound(member, scope, by=outreach.alma())
    except actions.NoLiveProof as refused:
        return refused.why_not
    return ""


@pytest.fixture
def germany(settings) -> Member:
    outreach.in_germany(settings)
    return world.frau_keller()


@pytest.fixture
def keller() -> Member:
    outreach.in_switzerland()
    return world.frau_keller()


def test_in_germany_nobody_is_called_without_a_consent_of_this_member_and_this_scope(germany):
    assert why_not(germany) == "no_consent"
    outreach.consent(germany, "basic")
    assert why_not(germany) == "no_consent"
    given = outreach.consent(germany)
    assert why_not(germany) == ""
    call = OutboundContact.objects.get()
    assert (call.consent, call.basis, call.purpose) == (given, "consent", "supplementary")


def test_another_members_consent_is_no_proof(germany):
    other = Member.objects.create(
        number="1", given_name="W", family_name="K", sort_name="k w", born_on="1955-01-01",
        household=germany.household, phone=germany.phone,
    )  # fmt: skip
    theirs = outreach.consent(other)
    assert why_not(germany) == "no_consent"
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboundContact.objects.create(
            member=germany, kind="advertising", purpose=outreach.SCOPE, consent=theirs, person=outreach.alma()
        )


def test_after_a_withdrawal_nobody_is_called_about_anything(germany):
    for scope in ("basic", "supplementary", "survey"):
        outreach.consent(germany, scope)
    actions.withdraw(germany, way="telephone", by=world.ada())
    assert [why_not(germany, scope) for scope in ("basic", "supplementary", "survey")] == ["suppressed"] * 3


def test_a_consent_withdrawn_alone_is_no_proof_either(germany):
    given = outreach.consent(germany)
    Consent.objects.filter(pk=given.pk).update(
        withdrawn_at=timezone.now(), withdrawn_way="written", withdrawn_taken_by=world.petra()
    )
    assert why_not(germany) == "withdrawn"


def test_using_a_proof_keeps_it_five_years_from_the_use(germany):
    old = outreach.consent(germany, given_at=timezone.now() - timedelta(days=1000))
    before = old.keep_until
    assert why_not(germany) == ""
    old.refresh_from_db()
    call = OutboundContact.objects.get()
    assert old.keep_until > before
    assert old.keep_until == proof.keep_until([old.given_at, call.at], ZoneInfo("Europe/Berlin"))


def test_what_is_written_past_the_action_is_refused_too(germany):
    given = outreach.consent(germany)
    right = {"member": germany, "kind": "advertising", "purpose": outreach.SCOPE, "person": outreach.alma()}
    for wrong in (
        {"member": None},
        {"purpose": "promise"},
        {"purpose": "anything"},
        {"kind": "friendly"},
        {"contact_id": 5},
        {"consent_id": given.pk + 1},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            OutboundContact.objects.create(**{**right, **wrong})
    made_up = OutboundContact.objects.create(**right, basis="promise", at="2020-01-01T00:00Z")
    made_up.refresh_from_db()
    assert made_up.basis == "consent", "on what it rests is for the trigger to say"
    assert timezone.now() - made_up.at < timedelta(minutes=1), "and when it was"


def test_a_call_that_was_made_was_made(germany):
    outreach.consent(germany)
    why_not(germany)
    calls = OutboundContact.objects.all()
    for change in (
        lambda: calls.update(person=world.ada()),
        lambda: calls.update(purpose="basic"),
        calls.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize("why", ["wish", "complaint"])
def test_suppression_wins_over_a_consent(germany, why):
    outreach.consent(germany)
    actions.suppress(number=germany.phone, why=why, by=world.petra())
    assert why_not(germany) == "suppressed"


def test_who_asked_not_to_use_their_data_is_not_called_until_that_is_lifted(keller):
    outreach.consent(keller)
    placed = actions.restrict(keller, norm="Art. 18 GDPR", request=None, by=world.petra())
    assert why_not(keller) == "restricted"
    actions.lift_restriction(placed, by=world.petra())
    assert why_not(keller) == ""


def test_somebody_insured_here_may_be_called_in_switzerland(keller):
    assert why_not(keller) == ""
    assert OutboundContact.objects.get().basis == "insured"


def test_somebody_never_insured_here_is_not_called_not_even_with_a_consent(keller):
    outreach.insured(keller)
    outreach.consent(keller)
    assert why_not(keller) == "never_insured"


def test_cover_that_begins_tomorrow_is_no_cover(keller):
    outreach.insured(keller, (outreach.days_ago(-1), None))
    assert why_not(keller) == "never_insured"


def test_thirty_six_months_are_calendar_months_to_the_day(keller):
    today = timezone.localdate()
    last_day = plus_months(today, -36)
    start = outreach.days_ago(4000)
    outreach.insured(keller, (start, last_day))
    assert why_not(keller) == "" if plus_months(last_day, 36) >= today else "too_long_ago"
    outreach.insured(keller, (start, last_day - timedelta(days=1)))
    assert why_not(keller) == "too_long_ago"


def test_it_counts_from_the_last_of_several_covers(keller):
    start = outreach.days_ago(4000)
    outreach.insured(
        keller, (start, outreach.days_ago(2000)), (outreach.days_ago(1900), outreach.days_ago(400))
    )
    assert why_not(keller) == ""
    assert OutboundContact.objects.get().basis == "was_insured"


def test_a_star_needs_somebody_insured_here_now_or_a_consent(keller):
    actions.suppress(number=keller.phone, why="star", by=world.petra())
    assert why_not(keller) == "", "the star is for others than the own insurer"
    outreach.insured(keller, (outreach.days_ago(4000), outreach.days_ago(100)))
    assert why_not(keller) == "star"
    outreach.consent(keller)
    assert why_not(keller) == ""


def test_whoever_said_no_is_not_called_though_insured_here(keller):
    actions.withdraw(keller, way="telephone", by=world.ada())
    assert why_not(keller) == "suppressed"
    with zones.of("outreach"):
        assert not MayBeCalled.objects.exists()


def test_without_a_number_nobody_is_called(keller):
    Member.objects.filter(pk=keller.pk).update(phone="")
    assert why_not(keller) == "no_number"


def test_an_unknown_country_is_a_no(settings, keller):
    settings.COUNTRY = "AT"
    actions.set_rules()
    outreach.consent(keller)
    assert why_not(keller) == "unknown_country"


def test_only_those_who_call_out_begin_a_call(keller):
    for somebody in (world.ada(), world.petra(), world.eva(), world.carla()):
        with pytest.raises(actions.CallsNobody):
            actions.begin_outbound(keller, outreach.SCOPE, by=somebody)


def test_every_call_is_an_entry_of_the_journal(keller):
    why_not(keller)
    entry = Entry.objects.get(verb="called to advertise")
    assert entry.details == {"scope": outreach.SCOPE, "member": keller.pk}


def test_the_view_shows_whom_one_may_call_and_nothing_of_the_file(keller):
    with zones.of("outreach"):
        row = MayBeCalled.objects.values().get()
    assert row == {
        "member_id": keller.pk, "number": "100200300", "name": "Ruth Keller", "language": "de",
        "phone": "+41443218765", "scopes": ["basic", "supplementary", "survey"],
    }  # fmt: skip


def test_the_page_says_what_the_trigger_would_say(germany):
    outreach.consent(germany, "survey")
    said = {one.scope.value: one for one in queries.standings(germany.pk)}
    assert {scope: one.why_not for scope, one in said.items()} == {
        "basic": "no_consent",
        "supplementary": "no_consent",
        "survey": "",
    }
    assert said["survey"].since == Consent.objects.get().given_at


def test_every_reason_has_a_sentence():
    sql = script("firsthand.protect", "consent")
    assert set(re.findall(r"why_not := '(\w+)'", sql)) <= set(WHY_NOT)
    assert set(re.findall(r"basis := '(\w+)'", sql)) <= set(RESTS_ON)
