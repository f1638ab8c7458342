"""The demo builds once, whole, and through the front door: no trigger is passed by."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from firsthand.answer import queries as answer
from firsthand.answer.models import Contact, ContactEvent, Promise
from firsthand.config.logins import OWNER
from firsthand.home import demo
from firsthand.kernel import zones
from firsthand.learn import queries as learn
from firsthand.learn.actions import GONE
from firsthand.members import queries as members
from firsthand.members.models import Cover, Member
from firsthand.people.models import Person
from firsthand.plan.models import FrontWeek
from firsthand.plan.queries import front_week
from firsthand.protect.models import Grant, Note
from firsthand.train.models import Readiness
from tests.learn import stands
from tests.logins import become, everything

pytestmark = pytest.mark.django_db
MANY = 150


@pytest.fixture(scope="module", autouse=True)
def built(django_db_setup, django_db_blocker):
    """Built once for this file; each test stands in a transaction of its own inside this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        with become(OWNER):
            assert demo.build(members=MANY, years=1)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _may_enter_zones(monkeypatch):
    """The transaction around this file is the tests' as well."""
    monkeypatch.setattr(zones, "in_transaction", lambda: False)


def how_many() -> list[int]:
    return [len(stands.said()), *(model.objects.count() for model in (Person, Member, Contact))]


def test_it_builds_once():
    before = how_many()
    assert demo.build(members=MANY, years=1) is False
    assert how_many() == before


def test_everybody_from_the_tests_is_there():
    people = {person.email.partition("@")[0]: person for person in Person.objects.all()}
    assert {"ada", "beat", "carla", "dario", "eva", "otto", "petra"} <= set(people)
    assert len(people) >= 40
    assert people["ada"].secrecy_signed_at
    assert Readiness.objects.filter(person=people["ada"]).exists()
    assert not Readiness.objects.filter(person=people["beat"]).exists()


def test_nobody_can_sign_in_with_a_password():
    assert not any(person.has_usable_password() for person in Person.objects.all())


def test_the_front_week_is_on():
    week = front_week(timezone.localdate())
    assert week
    assert week.ends_on == timezone.localdate() + timedelta(days=9)


def test_frau_keller_can_be_verified():
    assert Member.objects.count() == MANY
    ruth = Member.objects.get(number="100200300")
    found = members.match(name="Ruth Keller", born_on=ruth.born_on, postcode="8005", number="")
    assert found == ruth


def test_frau_keller_has_called_before_and_was_promised_something():
    ruth = Member.objects.get(number="100200300")
    (contact,) = ruth.contacts.all()
    (promise,) = contact.promises.all()
    with everything():
        (note,) = ruth.notes.all()
    assert contact.solved
    assert promise.due_on == timezone.localdate() + timedelta(days=1)
    assert note.contact_id == contact.pk
    assert note.purpose == "kvg_b"


def test_every_file_that_was_open_is_closed():
    verified = Contact.objects.exclude(member=None)
    assert verified.count() == Grant.objects.count() > 80
    assert not Grant.objects.open().exists()
    with everything():
        assert Note.objects.count() > 20


def test_everybody_has_basic_insurance_once():
    basic = Cover.objects.filter(branch=Cover.Branch.BASIC)
    assert basic.count() == basic.values("member").distinct().count() == MANY


def test_the_contacts_behind_us_are_finished_and_their_log_leads_to_them():
    contacts = list(Contact.objects.all())
    states = Counter(contact.state for contact in contacts)
    assert set(states) <= {"closed", "abandoned"}
    assert states["closed"] > 120
    assert answer.replayed(contacts) == []
    assert all(contact.queued_at < contact.closed_at < timezone.now() for contact in contacts)


def test_the_events_have_the_times_of_that_day():
    contact = Contact.objects.filter(state="closed").order_by("queued_at")[0]
    events = list(ContactEvent.objects.filter(contact_id=contact.pk).order_by("version"))
    assert [event.state for event in events] == ["waiting", "offered", "connected", "wrap_up", "closed"]
    for event, at in zip(
        events,
        [contact.queued_at, contact.offered_at, contact.connected_at, contact.hung_up_at, contact.closed_at],
        strict=True,
    ):
        assert abs(event.at - at) < timedelta(seconds=1)


def test_the_clock_goes_right_again_after_it():
    new = Contact.objects.create(language="de")
    new.refresh_from_db()
    assert abs(new.queued_at - timezone.now()) < timedelta(seconds=5)


def test_some_promises_are_open_and_every_case_has_its_contacts():
    assert 5 < Promise.objects.filter(kept_at=None).count() < 80
    assert not Contact.objects.filter(state="closed", case=None).exists()


def test_what_was_heard_stands_on_a_chain_that_holds():
    verdict = learn.verify()
    assert verdict.ok
    assert verdict.checked == len(stands.said()) >= 25
    assert len(stands.joined()) > 20
    assert not any(too.person_id == too.observation.seen_by_id for too in stands.joined())


def test_what_stands_on_the_board_can_be_read_in_every_language():
    """One is shown without what it gave away: a death. Of the others not a word is missing."""
    gone = [one for one in stands.said() if GONE in one.words]
    assert [one.concern.code for one in gone] == ["CH32"]
    assert gone[0].words.startswith(f"{GONE}. Sie hat es uns dreimal gesagt")


def test_on_another_day_the_front_week_goes_on():
    assert demo.ensure_today() is False
    today = timezone.localdate()
    this_years = FrontWeek.objects.filter(ends_on__gte=today)
    this_years.update(starts_on=today - timedelta(days=40), ends_on=today - timedelta(days=30))
    Readiness.objects.update(until=today - timedelta(days=5))
    assert demo.ensure_today() is True
    assert front_week(today)
    assert not Readiness.objects.filter(until__lt=today + timedelta(days=9)).exists()
    assert demo.ensure_today() is False


def test_without_a_demo_there_is_nothing_to_extend():
    Person.objects.filter(email="otto@firnlicht.example").update(email="otto@elsewhere.example")
    today = timezone.localdate()
    FrontWeek.objects.filter(ends_on__gte=today).update(ends_on=today - timedelta(days=1))
    assert demo.ensure_today() is False
    assert front_week(today) is None
