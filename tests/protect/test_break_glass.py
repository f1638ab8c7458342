"""A file without its member on the line: short, with a reason, one at a time, and reviewed every time."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.http import Http404
from django.utils import timezone

from firsthand.answer import actions as answer
from firsthand.answer import queries as answered
from firsthand.answer.actions import StillWithCaller
from firsthand.config.logins import OWNER
from firsthand.journal.models import Entry
from firsthand.live.models import Outbox
from firsthand.people.models import Role
from firsthand.protect import actions, queries, wall
from firsthand.protect.actions import breaking
from firsthand.protect.models import BreakGlass, Confidence, Grant, Note, Purpose, Review
from tests import world
from tests.answer import room
from tests.logins import become
from tests.protect.reads import reads

pytestmark = pytest.mark.django_db

PAGE = "/protect/open/"
WHY = "A letter about the invoice of May"


def open_it(by=None, **more):
    given = {"kind": "letter", "branch": "basic", "reason": WHY, **more}
    return actions.break_glass(world.frau_keller(), by=by or world.carla(), **given)


def test_it_opens_the_file_and_each_look_is_a_read():
    carla, opened = world.carla(), open_it()
    file = queries.file_opened(carla, opened)
    assert (file.name, file.place, file.household, file.phone) == ("Ruth Keller", "8005 Zürich", (), "")
    (read,) = reads()
    assert (read.what, read.why, read.role) == ("file", "letter", "specialist")
    assert (read.contact_id, read.break_glass_id) == (None, opened.pk)
    assert Entry.objects.get(verb="broke the glass").details == {
        "break_glass": opened.pk,
        "branch": "basic",
        "why": "letter",
    }


def test_notes_of_the_other_insurance_stay_closed():
    keller, ada = world.frau_keller(), world.ada()
    actions.open_file(41, keller, by=ada)
    for purpose in (Purpose.KVG_B, Purpose.VVG_CONTRACT):
        actions.write_note(41, keller, words=f"About {purpose}", purpose=purpose, by=ada)
    shown = queries.file_opened(world.carla(), open_it()).notes
    assert [note.purpose for note in shown] == ["kvg_b"]


@pytest.mark.parametrize("reason", ["", "   ", "because", "x" + " " * 20])
def test_without_a_reason_it_stays_closed(reason):
    with pytest.raises(actions.NoGoodReason):
        open_it(reason=reason)
    assert not Grant.objects.exists()


def test_the_reason_is_screened_before_it_is_stored():
    opened = open_it(reason="Letter of Ruth Keller, 756.1234.5678.97, about the premium")
    assert "756.1234" not in opened.reason
    assert "Keller" not in opened.reason


def test_what_a_reason_confides_goes_and_is_not_called_sealed():
    opened = open_it(reason="Letter of last Monday, she is five months pregnant, about the premium")
    assert "pregnant" not in opened.reason
    assert "sealed" not in opened.reason
    assert not Confidence.objects.exists()


@pytest.mark.parametrize("change", [{"kind": "curiosity"}, {"branch": "all"}])
def test_what_for_comes_from_a_closed_list(change):
    with pytest.raises(actions.NoGoodReason):
        open_it(**change)


def test_helpers_and_executives_open_nothing():
    for person in (world.ada(), world.eva(), world.otto(), world.petra()):
        with pytest.raises(actions.NotForYou):
            open_it(by=person)


def test_one_at_a_time():
    open_it()
    with pytest.raises(actions.FileOpenAlready):
        open_it()


def test_it_closes_by_its_button():
    carla, opened = world.carla(), open_it()
    actions.close_opened(by=carla)
    assert queries.file_opened(carla, opened) is None
    assert queries.opened_now(carla) is None
    assert Entry.objects.filter(verb="closed", details__break_glass=opened.pk).count() == 1
    assert open_it().pk != opened.pk


def test_it_closes_by_time_without_anybody_doing_anything(monkeypatch):
    monkeypatch.setattr(breaking, "LASTS", timedelta(milliseconds=1))
    carla, opened = world.carla(), open_it()
    assert queries.file_opened(carla, opened) is None, "from that moment, not from the next sweep"
    assert queries.search_file(carla, "x", branches=["basic"]) is None
    with pytest.raises(Http404):
        queries.who_looked(carla)
    assert Grant.objects.standing().count() == 1
    assert actions.close_expired() == 1
    assert actions.close_expired() == 0
    assert open_it().pk != opened.pk


def test_an_expired_one_that_nobody_swept_is_not_in_the_way(monkeypatch):
    monkeypatch.setattr(breaking, "LASTS", timedelta(milliseconds=1))
    open_it()
    monkeypatch.undo()
    assert queries.file_opened(world.carla(), open_it())


def test_it_closes_when_a_call_is_taken():
    carla = world.carla()
    opened = open_it()
    contact = room.offered(carla)
    answer.take(contact, by=carla)
    assert queries.file_opened(carla, opened) is None


def test_who_is_in_a_contact_opens_no_other_file():
    carla = world.carla()
    room.talking(carla)
    with pytest.raises(StillWithCaller):
        open_it()


def test_nobody_else_sees_what_one_person_opened():
    opened = open_it()
    beat = world.person("Berta Advisor", Role.ADVISOR)
    assert queries.file_opened(beat, opened) is None
    assert queries.opened_now(beat) is None


@pytest.mark.parametrize(
    "grant",
    [
        {"contact_id": None, "ends_at": None},  # for nothing
        {"contact_id": 41, "ends_at": Now()},  # a contact's has no end of its own
        {"contact_id": 41, "glass": True, "ends_at": Now() + timedelta(minutes=5)},  # both
        {"contact_id": None, "glass": True, "ends_at": None},  # for ever
    ],
    ids=["nothing", "contact with an end", "both", "for ever"],
)
def test_the_database_refuses_a_grant_that_is_not_for_one_thing(grant):
    glass = BreakGlass.objects.create(
        person=world.ada(),
        member=world.frau_keller(),
        kind="letter",
        branch="basic",
        reason=WHY,
        ends_at=Now() + timedelta(minutes=5),
    )
    given = {**grant, "break_glass": glass if grant.get("glass") else None}
    given.pop("glass", None)
    with pytest.raises(IntegrityError, match="contact_or_a_break"), transaction.atomic():
        Grant.objects.create(person=world.ada(), member=world.frau_keller(), **given)


@pytest.mark.parametrize(
    "change",
    [
        {"ends_at": Now() + timedelta(minutes=16)},
        {"ends_at": Now()},
        {"reason": "because"},
        {"kind": "curiosity"},
        {"branch": "all"},
    ],
    ids=str,
)
def test_the_database_refuses_an_opening_that_breaks_the_rules(change):
    good = {"kind": "letter", "branch": "basic", "reason": WHY, "ends_at": Now() + timedelta(minutes=5)}
    with pytest.raises(IntegrityError), transaction.atomic():
        BreakGlass.objects.create(person=world.carla(), member=world.frau_keller(), **{**good, **change})


def test_what_was_opened_stands_and_is_not_prolonged():
    opened = open_it()
    later = timezone.now() + timedelta(hours=1)
    for change in (
        lambda: BreakGlass.objects.update(ends_at=opened.opened_at + timedelta(minutes=14)),
        lambda: BreakGlass.objects.update(kind="promise"),
        lambda: Grant.objects.update(ends_at=later),
        lambda: Grant.objects.update(contact_id=7, break_glass=None, ends_at=None),
        lambda: Grant.objects.all().delete(),
    ):
        with become(OWNER), pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert BreakGlass.objects.update(reason="[taken out on request]") == 1


@pytest.mark.parametrize(("until", "seen"), [(timedelta(minutes=5), 1), (timedelta(minutes=-5), 0)])
def test_the_wall_itself_knows_when_its_time_is_over(until, seen):
    """Nobody has swept it up yet, and the token holds for a minute more."""
    ada, carla, keller = world.ada(), world.carla(), world.frau_keller()
    actions.open_file(41, keller, by=ada)
    actions.write_note(41, keller, words="Wishes a call in May.", purpose="kvg_b", by=ada)
    actions.close_file(41, by=ada)
    times = {"opened_at": timezone.now() - timedelta(minutes=9), "ends_at": timezone.now() + until}
    whose = {"person": carla, "member": keller}
    glass = BreakGlass.objects.create(**whose, **times, kind="letter", branch="basic", reason=WHY)
    with wall.within({wall.OPEN}, person=carla, member=keller.pk):
        Grant.objects.create(**whose, **times, break_glass=glass)
    with wall.within({"kvg_b"}, person=carla):
        assert Note.objects.count() == seen


def test_a_verdict_goes_with_its_opening_only():
    opened = open_it()
    actions.review(opened, says="justified", by=world.petra())
    with become(OWNER), pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.all().delete()


def test_the_page_opens_shows_and_closes(client):
    world.frau_keller()
    client.force_login(world.carla())
    assert "Ruth Keller" not in client.get(PAGE).text
    typed = {"number": "100 200 300", "kind": "letter", "branch": "basic", "reason": WHY}
    assert client.post(PAGE, typed).url == PAGE
    page = client.get(PAGE).text
    for shown in ("Ruth Keller", "Limmatstrasse", "<time-left", "Open until", WHY):
        assert shown in page
    assert f'href="{PAGE}" data-key="alt+d">Back to the file' in client.get("/protect/who-looked/").text
    looked = client.get("/protect/who-looked/").text
    assert "Colleagues are not named" in looked
    assert "on the line" not in looked, "nobody is"
    assert "Keller" not in client.get("/").text
    assert client.post("/protect/open/close/").url == PAGE
    assert "Ruth Keller" not in client.get(PAGE).text


def test_the_page_says_what_is_missing_and_keeps_what_was_typed(client):
    client.force_login(world.carla())
    answer = client.post(PAGE, {"number": "", "kind": "letter", "branch": "basic", "reason": "short"})
    assert answer.status_code == 422
    assert "At least 10 characters" in answer.text
    assert "Type the number" in answer.text
    unknown = {"number": "999", "kind": "letter", "branch": "basic", "reason": WHY}
    assert "No member has this number" in client.post(PAGE, unknown).text


def test_a_promise_leads_there_with_its_member_and_its_day(client):
    ada, carla = world.ada(), world.carla()
    contact = room.talking(ada)
    room.verify(contact)
    made = answer.promise(contact, words="Send the form", due_on=room.today(), by=ada)
    client.force_login(ada)
    assert "/protect/open/" not in client.get("/promises/").text, "helpers keep promises without the file"
    client.force_login(carla)
    listed = client.get("/promises/").text
    day = timezone.localtime(made.made_at).date().isoformat()
    address = f"/protect/open/?member={contact_member(contact)}&amp;kind=promise&amp;on={day}"
    assert address in listed
    assert "Keller" not in listed
    page = client.get(address.replace("&amp;", "&")).text
    assert "promise of" in page
    assert "Keller" not in page


def test_a_file_opened_for_a_promise_shows_what_is_promised_to_its_member(client):
    ada, carla = world.ada(), world.carla()
    contact = room.talking(ada)
    room.verify(contact)
    made = [
        answer.promise(contact, words=words, due_on=room.today() + timedelta(days=days), by=ada)
        for words, days in (("Call about the dentist", 9), ("Send the form", 2), ("Look for the invoice", 4))
    ]
    answer.promise(
        room.talking(world.eva()), words="Write to a stranger", due_on=room.today(), by=world.eva()
    )
    answer.keep_promise(made[2], by=ada)
    client.force_login(carla)
    opened = open_it(kind="promise", reason="promise of today, the form")
    page = client.get(PAGE).text
    assert page.index("Still promised") < page.index("Send the form") < page.index("Call about the dentist")
    assert "Look for the invoice" not in page, "it is kept"
    assert "Write to a stranger" not in page
    actions.close_opened(by=carla)
    assert "Send the form" not in client.get(PAGE).text
    assert [read.break_glass_id for read in reads(why="promise")] == [opened.pk]


def test_a_file_opened_for_a_letter_shows_no_promise(client):
    contact = room.talking(world.ada())
    room.verify(contact)
    answer.promise(contact, words="Send the form", due_on=room.today(), by=world.ada())
    open_it()
    client.force_login(world.carla())
    page = client.get(PAGE).text
    assert "Ruth Keller" in page
    assert "Send the form" not in page


def test_promises_to_a_member_are_told_to_the_back_office_only():
    ada = world.ada()
    contact = room.talking(ada)
    room.verify(contact)
    answer.promise(contact, words="Send the form", due_on=room.today(), by=ada)
    member = contact_member(contact)
    assert [one.words for one in answered.promises_told(world.carla(), member)] == ["Send the form"]
    assert answered.promises_told(world.otto(), member) == []
    assert answered.promises_told(world.eva(), member) == [], "due today, and not hers"


def contact_member(contact):
    contact.refresh_from_db()
    return contact.member_id


def review(opened, says="justified", words="", by=None):
    return actions.review(opened, says=says, words=words, by=by or world.petra())


def test_every_opening_comes_to_the_officer_until_it_is_judged():
    opened = open_it()
    queries.file_opened(world.carla(), opened)
    (listed,) = queries.reviews()
    assert (listed.glass, listed.number, listed.reads, listed.due) == (opened, "100200300", 1, False)
    assert queries.reviews_waiting() == (1, 0)
    review(opened)
    assert list(queries.reviews()) == []
    assert [one.verdict.says for one in queries.reviews(only_open=False)] == ["justified"]
    assert Entry.objects.get(verb="reviewed").details == {"says": "justified"}


def test_more_openings_than_a_page_holds_are_counted_and_stand_on_the_next(client, monkeypatch):
    monkeypatch.setattr("firsthand.protect.queries.opened.A_PAGE", 2)
    client.force_login(world.petra())
    for number in range(3):
        open_it(reason=f"{WHY} ({number})")
        actions.close_opened(by=world.carla())
    for address, order in (("/protect/reviews/", "012"), ("/protect/reviews/?all=", "210")):
        first = client.get(address).text
        onward = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
        last = client.get("/protect/reviews/" + onward).text
        assert [f"({one})" in first for one in order] == [True, True, False]
        assert [f"({one})" in last for one in order] == [False, False, True]
        assert '<span class="count">3</span>' in first


def test_after_a_week_it_is_due(monkeypatch):
    open_it()
    assert queries.reviews_waiting() == (1, 0)
    monkeypatch.setattr("firsthand.protect.queries.opened.REVIEWED_WITHIN", timedelta(0))
    assert queries.reviews_waiting() == (1, 1)
    assert queries.reviews()[0].due


def test_the_person_is_asked_answers_and_sees_what_came_of_it(client):
    opened = open_it()
    with pytest.raises(actions.SayWhy):
        review(opened, "asked")
    review(opened, "asked", "Which letter was it?")
    client.force_login(world.carla())
    assert "Which letter was it?" in client.get(PAGE).text
    client.post(f"{PAGE}{opened.pk}/answer/", {"words": "The one of last Monday."})
    assert [one.says for one in opened.reviews.all()] == ["asked", "answered"]
    assert queries.reviews()[0].waits_for_answer is False
    review(opened, "not_justified", "The address was in the letter already.")
    assert "The address was in the letter already." in client.get(PAGE).text
    with pytest.raises(actions.NothingAsked):
        actions.answer_review(opened, words="But I needed it.", by=world.carla())
    with pytest.raises(actions.ReviewedAlready):
        review(opened)


def test_nobody_judges_an_opening_of_their_own():
    both = world.person("Pia Both", Role.PROTECTION, Role.ADVISOR)
    opened = open_it(by=both)
    for person in (both, world.carla(), world.otto()):
        with pytest.raises(actions.NotYourReview):
            review(opened, by=person)


def test_what_a_review_said_stands():
    review(open_it())
    for change in (lambda: Review.objects.update(says="asked", words="x"), Review.objects.all().delete):
        with become(OWNER), pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_officers_page_asks_a_fixed_number_of_questions(client, django_assert_max_num_queries):
    for _ in range(4):
        open_it()
        actions.close_opened(by=world.carla())
    client.force_login(world.petra())
    with django_assert_max_num_queries(12):
        page = client.get("/protect/reviews/").text
    assert page.count("100200300") == 4
    assert "Keller" not in page


def test_the_officer_judges_with_one_click(client):
    opened = open_it()
    client.force_login(world.petra())
    assert client.post(f"/protect/reviews/{opened.pk}/", {"says": "not_justified"}).status_code == 422
    assert client.post(f"/protect/reviews/{opened.pk}/", {"says": "justified"}).url == "/protect/reviews/"
    assert "Nothing to review" in client.get("/protect/reviews/").text
    assert "justified" in client.get("/protect/reviews/?all").text


def test_a_page_with_a_relatives_file_loses_it_at_once():
    carla, opened = world.carla(), open_it()
    Outbox.objects.all().delete()
    keller = world.frau_keller()
    actions.shield(carla, number=keller.number, born_on=keller.born_on, kind="relative", by=carla)
    assert queries.file_opened(carla, opened) is None
    assert Outbox.objects.filter(topic=f"opened:{carla.pk}").exists()
    assert Entry.objects.filter(verb="closed", details__break_glass=opened.pk).count() == 1
