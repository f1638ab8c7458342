"""A yes to be called is a proof, and its end a second one. Neither changes, nor goes before its day."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from firsthand.journal.models import Entry
from firsthand.kernel import zones
from firsthand.protect import actions
from firsthand.protect.models import Consent, Suppression
from firsthand.protect.pure import proof
from tests import world
from tests.protect import outreach

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def refused(change) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_a_proof_says_who_agreed_to_what_in_which_words_and_who_took_it():
    given = outreach.consent()
    assert (given.name, given.address, given.company) == (
        "Ruth Keller",
        "Limmatstrasse 12, 8005 Zürich",
        "Firnlicht",
    )
    assert (given.scope, given.way, given.wording) == (
        "supplementary",
        "written",
        "I agree that Firnlicht calls me.",
    )
    assert given.taken_by == outreach.alma()
    assert abs(given.given_at - timezone.now()) < timedelta(seconds=30)
    assert Entry.objects.filter(verb="consent given", actor_id=outreach.alma().pk).count() == 1


@pytest.mark.parametrize("missing", ["scopes", "way", "wording", "name", "address", "company"])
def test_a_proof_that_lacks_something_is_none(missing):
    whole = {"scopes": ["basic"], "way": "app", "wording": "w", "name": "n", "address": "a", "company": "c"}
    with pytest.raises(actions.NotAConsent):
        actions.give_consent(world.frau_keller(), **{**whole, missing: ""}, by=outreach.alma())
    assert not Consent.objects.exists()


def test_the_database_too_wants_the_whole_proof_and_no_unknown_scope_or_way():
    whole = {
        "member": world.frau_keller(), "scope": "basic", "way": "app", "wording": "w", "name": "n",
        "address": "a", "company": "c", "taken_by": outreach.alma(), "country": "CH",
    }  # fmt: skip
    for wrong in (
        {"scope": "anything"},
        {"way": "hearsay"},
        {"wording": ""},
        {"name": ""},
        {"given_at": timezone.now() + timedelta(minutes=5)},
        {"withdrawn_at": timezone.now(), "withdrawn_way": "app", "withdrawn_taken_by": outreach.alma()},
    ):
        refused(lambda wrong=wrong: Consent.objects.create(**{**whole, **wrong}))
    Consent.objects.create(**whole)
    refused(lambda: Consent.objects.create(**whole))  # one live consent a scope


def test_a_consent_is_not_given_tomorrow():
    with pytest.raises(actions.NotYetGiven):
        outreach.consent(given_at=timezone.now() + timedelta(days=1))


def test_a_proof_is_not_changed_and_not_deleted_before_its_day():
    given = Consent.objects.filter(pk=outreach.consent().pk)
    for change in (
        {"wording": "something else"},
        {"name": "Somebody Else"},
        {"given_at": timezone.now() - timedelta(days=1)},
        {"member": None},
        {"scope": "survey"},
        {"keep_until": "2001-01-01"},
        {"keep_until": "2099-01-01"},
        {"company": "Another"},
    ):
        refused(lambda change=change: given.update(**change))
    refused(given.delete)
    with connection.cursor() as cursor:
        refused(lambda: cursor.execute("TRUNCATE protect_consent CASCADE"))
    assert given.get().wording == "I agree that Firnlicht calls me."


def test_a_proof_past_its_day_may_go():
    old = outreach.consent(given_at=timezone.now() - timedelta(days=5 * 366 + 2))
    assert old.keep_until < timezone.localdate()
    with zones.of(zones.PROTECTION):
        old.delete()


def test_withdrawing_is_one_click_for_everything_and_is_a_fact_of_its_own():
    keller = world.frau_keller()
    for scope in ("basic", "supplementary", "survey"):
        outreach.consent(keller, scope)
    assert actions.withdraw(keller, way="telephone", by=world.ada()) == 3
    for consent in Consent.objects.all():
        assert consent.withdrawn_at >= consent.given_at
        assert (consent.withdrawn_way, consent.withdrawn_taken_by) == ("telephone", world.ada())
    assert Entry.objects.filter(verb="consent withdrawn", actor_id=world.ada().pk).count() == 3
    assert actions.withdraw(keller, way="telephone", by=world.ada()) == 0, "twice is once"
    assert Suppression.objects.live().count() == 1


def test_a_withdrawal_is_not_taken_back_moved_or_made_up():
    given = Consent.objects.filter(pk=outreach.consent().pk)
    refused(lambda: given.update(withdrawn_at=timezone.now()))  # without way and taker
    actions.withdraw(world.frau_keller(), way="app", by=world.ada())
    for change in (
        {"withdrawn_at": None},
        {"withdrawn_way": "written"},
        {"withdrawn_taken_by": outreach.alma()},
    ):
        refused(lambda change=change: given.update(**change))


def test_the_moment_of_a_withdrawal_is_the_databases():
    given = Consent.objects.filter(pk=outreach.consent().pk)
    given.update(
        withdrawn_at=datetime(2020, 1, 1, tzinfo=UTC), withdrawn_way="app", withdrawn_taken_by=world.ada()
    )
    assert abs(given.get().withdrawn_at - timezone.now()) < timedelta(seconds=30)


def test_a_consent_from_before_a_no_takes_nothing_back():
    """A paper of last month is written down today; yesterday the member said that nobody should call."""
    keller = world.frau_keller()
    actions.withdraw(keller, way="telephone", by=world.ada())
    old = outreach.consent(keller, given_at=timezone.now() - timedelta(days=30))
    assert old.withdrawn_at is None, "the proof is kept"
    with pytest.raises(actions.NoLiveProof) as no:
        actions.begin_outbound(keller, outreach.SCOPE, by=outreach.alma())
    assert no.value.why_not == "suppressed"


def test_a_later_consent_takes_back_the_own_wish_and_no_complaint():
    keller = world.frau_keller()
    actions.withdraw(keller, way="telephone", by=world.ada())
    actions.suppress(member=keller, why="complaint", by=world.petra())
    outreach.consent(keller)
    assert list(Suppression.objects.live().values_list("why", flat=True)) == ["complaint"]


def test_of_a_number_only_a_salted_digest_is_kept():
    kept = actions.suppress(number="044 321 87 65", why="star", by=world.petra())
    assert len(kept.number) == 64
    for plain in ("+41443218765", ":+41443218765"):
        assert kept.number != sha256(plain.encode()).hexdigest(), "who knows all numbers knows none of these"
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(s)::text FROM protect_suppression s")
        assert "321" not in cursor.fetchone()[0].replace(kept.number, "")
    assert actions.suppress(number="+41 44 321 87 65", why="star", by=world.petra()) == kept
    with pytest.raises(actions.NotATelephone):
        actions.suppress(number="no number", why="star", by=world.petra())


@pytest.mark.parametrize("of_number", [False, True])
def test_a_no_is_lifted_not_changed(of_number):
    whom = {"number": "044 321 87 65"} if of_number else {"member": world.frau_keller()}
    kept = Suppression.objects.filter(pk=actions.suppress(**whom, by=world.ada()).pk)
    for change in ({"why": "star"}, {"member": None, "number": "a" * 64}, {"since": timezone.now()}):
        refused(lambda change=change: kept.update(**change))
    refused(kept.delete)
    if of_number:
        actions.lift(kept.get(), because="asked", way="written", by=world.petra())
    else:
        outreach.consent()
    assert kept.get().lifted_at
    refused(lambda: kept.update(lifted_at=None))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2024-02-29 12:00+01:00", "2029-02-28"),  # from a leap day to the last day of the month
        ("2019-02-28 12:00+01:00", "2024-02-28"),
        ("2020-06-30 23:30+02:00", "2025-06-30"),
        ("2020-06-30 21:59:59+00:00", "2025-06-30"),  # one second before midnight in Berlin
        ("2020-06-30 22:00:00+00:00", "2025-07-01"),  # midnight in Berlin
        ("2020-12-31 23:00:00+00:00", "2026-01-01"),
    ],
)
def test_the_clock_is_exact_over_leap_days_and_midnight_where_the_insurer_is(settings, given, kept):
    outreach.in_germany(settings)
    moment = datetime.fromisoformat(given)
    consent = outreach.consent(given_at=moment)
    assert consent.keep_until.isoformat() == kept
    assert proof.keep_until([moment], BERLIN).isoformat() == kept


def test_the_database_names_the_constraint_not_the_person():
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Consent.objects.filter(pk=outreach.consent().pk).update(name="Zwiebel")
    assert "Keller" not in str(error.value)
