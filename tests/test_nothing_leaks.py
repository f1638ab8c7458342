"""What somebody says on the phone stands where it belongs, and nowhere else.

One contact goes through every action and page of the house with marked words in it. Then the marks are
looked for in all logs of all levels, in what travels to open pages, in the journal, in headers, addresses and
titles.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, TestCase, override_settings
from django.utils import timezone

from firsthand.answer import actions
from firsthand.answer.models import Case, Contact, ContactEvent, Promise, Seat
from firsthand.config.logs import Json, Words
from firsthand.journal.models import Entry
from firsthand.learn.models import Observation
from firsthand.live.models import Outbox
from firsthand.members import queries as members
from firsthand.members.models import Member
from firsthand.protect import queries as protect
from firsthand.protect.models import Grant, Note
from firsthand.voice.models import Call, Leg
from tests import world
from tests.answer import room
from tests.answer.pages import TAB, address
from tests.learn import stands
from tests.logins import everything
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db

SAID = {
    "caller_name": "Zwiebelmark",
    "answered": "Antwortmark",
    "note": "Notizmark",
    "promise": "Versprechenmark",
    "observation": "Beobachtungmark",
    "wrong_name": "Falschmark",
}
# The caller's number, and the facts of the file: as typed, as kept, as shown. The year of birth alone is no
# mark: ids and microseconds have four digits too.
FACTS = [
    "793216547", "79 321 65 47", "443218765", "44 321 87 65", "Keller", "keller", "1958-03", "3.1958",
    "March 1958", "März 1958", "Limmatstrasse", "100200300", "1234567897",
]  # fmt: skip
MARKS = [*SAID.values(), *(word.lower() for word in SAID.values()), *FACTS]
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def marks_in(text: str) -> list[str]:
    return [mark for mark in MARKS if mark in text]


class Watched:
    """A browser whose answers are looked at for what must not stand in a header, an address or a title."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.pages: dict[str, str] = {}

    def get(self, path: str, **more: object) -> HttpResponse:
        return self._checked(path, self.client.get(path, **more))

    def post(self, path: str, data: object = None, **more: object) -> HttpResponse:
        return self._checked(path, self.client.post(path, data, **more))

    def _checked(self, path: str, response: HttpResponse) -> HttpResponse:
        page = response.content.decode()
        assert response.status_code < 500, path
        for name, value in response.headers.items():
            assert not marks_in(value), (path, name)
        for cookie in response.cookies.values():
            assert not marks_in(cookie.OutputString()), (path, cookie.key)
        for title in TITLE.findall(page):
            assert not marks_in(title), (path, title)
        for where in re.findall(r'(?:href|action|src|hx-get|hx-post|data-live-url)="([^"]*)"', page):
            assert not marks_in(where), (path, where)
        self.pages[path] = page
        return response


class Kept(logging.Handler):
    """Every record of every logger, whatever the settings would leave out."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def logged() -> Iterator[list[logging.LogRecord]]:
    kept = Kept()
    named = [logging.getLogger(name) for name in ("", *logging.root.manager.loggerDict)]
    before = [(one, one.level, one.propagate) for one in named]
    for one in named:
        one.setLevel(logging.DEBUG)
        one.propagate = True
    logging.root.addHandler(kept)
    try:
        yield kept.records
    finally:
        logging.root.removeHandler(kept)
        for one, level, propagate in before:
            one.setLevel(level)
            one.propagate = propagate


@pytest.fixture(scope="module")
def whole_life(django_db_setup, django_db_blocker):
    """Lived once and looked at by every test of this file; what a test adds is taken back."""
    around = transaction.atomic()
    around._from_testcase = (
        True  # the one around a test, as Django marks its own: zones may be entered inside
    )
    with django_db_blocker.unblock(), override_settings(LANGUAGE_CODE="en"), around:
        before = len(mail.outbox)
        with logged() as records:
            life = _lived()
        yield SimpleNamespace(**vars(life), logged=records, mails=mail.outbox[before:])
        transaction.set_rollback(True)


def _lived() -> SimpleNamespace:
    """A call from the first page to the closed file, with everything that can go wrong on the way."""
    ada, member, concern = world.ada(), world.frau_keller(), world.concern()
    caller, desk = Watched(Client()), Watched(client_of(ada))
    desk.client.defaults.update({"HTTP_X_FIRSTHAND_TAB": TAB["X-Firsthand-Tab"]})
    with TestCase.captureOnCommitCallbacks(execute=True):
        caller.post("/call/", {"language": "xx", "name": SAID["caller_name"], "phone": "079 321 65 4"})
        caller.post("/call/", {"language": "de", "name": SAID["caller_name"], "phone": "079 321 65 47"})
    contact = Contact.objects.get()
    leg = Leg.objects.get(call=contact.call_id)
    _listen(caller, leg, "c")
    with TestCase.captureOnCommitCallbacks(execute=True):
        desk.post("/desk/ready/")
        actions.sweep()
    assert SAID["caller_name"] in desk.get("/desk/").content.decode()
    with TestCase.captureOnCommitCallbacks(execute=True):
        desk.post(address(contact, "take"))
    _listen(desk, Leg.objects.get(call=contact.call_id, role="helper"), "h")
    _listen(caller, leg, "c")
    for verb in ("hold", "resume"):
        desk.post(address(contact, verb))
    caller.get("/call/")

    wrong = {"name": SAID["wrong_name"], "born_on": "4.3.1958", "postcode": "1111", "number": "100200300x"}
    assert desk.post(address(contact, "verify"), wrong).status_code == 422
    right = {"name": "Ruth Keller", "born_on": "4.3.1958", "postcode": "8005", "number": "100200300"}
    assert desk.post(address(contact, "verify"), right).status_code == 200
    desk.get(address(contact, "concerns"), data={"words": "Prämie"})
    desk.post(address(contact, "concern"), {"concern": concern.pk})
    record = {"answered": SAID["answered"], "words": SAID["note"], "purpose": "kvg_b", "solved": "yes"}
    desk.post(address(contact, "record"), record)
    assert desk.post(address(contact, "record"), {**record, "words": SAID["note"] * 900}).status_code == 422
    due_on = timezone.localdate() + timedelta(days=1)
    desk.post(address(contact, "promise"), {"words": SAID["promise"], "due_on": due_on})
    yesterday = timezone.localdate() - timedelta(days=1)
    assert (
        desk.post(address(contact, "promise"), {"words": SAID["promise"], "due_on": yesterday}).status_code
        == 422
    )
    desk.post("/board/say/", {"words": SAID["observation"], "contact": contact.public_id})
    desk.post("/board/say/", {"words": SAID["observation"] * 400, "contact": contact.public_id})
    for page in (
        "/desk/",
        "/",
        "/room/",
        "/promises/",
        "/board/",
        "/know/",
        "/protect/who-looked/",
        "/people/me/",
    ):
        desk.get(page)
        desk.get(page, headers={"HX-Request": "true"})
    desk.post(address(contact, "hang-up"))
    caller.get("/call/")
    with TestCase.captureOnCommitCallbacks(execute=True):
        desk.post(address(contact, "close"), {**record, "then": "away"})
    desk.post(address(contact, "close"), record)
    desk.get(address(contact, "concerns"))
    desk.post(f"/promises/{Promise.objects.get().pk}/keep/")
    caller.get("/call/")
    caller.post("/call/again/")

    organiser, officer, eva = (Watched(client_of(make())) for make in (world.otto, world.petra, world.eva))
    for page in (
        "/",
        "/room/",
        "/room/watch/",
        "/promises/",
        "/board/",
        "/people/",
        "/readiness/",
        "/weeks/",
    ):
        organiser.get(page)
        eva.get(page)
    officer.post("/protect/looked/find/", {"number": member.number})
    officer.post("/protect/looked/find/", {"number": SAID["wrong_name"]})
    for page in ("/", "/protect/looked/", "/protect/looked/check/"):
        officer.get(page)
    officer.post(f"/protect/looked/{member.pk}.csv")
    officer.post(f"/protect/looked/{member.pk}.json")
    contact.refresh_from_db()
    assert contact.state == "closed"
    return SimpleNamespace(contact=contact, desk=desk, caller=caller, member=member)


def _listen(page: Watched, leg: Leg, instance: str) -> None:
    page.post(f"/voice/{leg.pk}/beat", {"instance": instance, "audible": "1"})
    page.get(f"/voice/{leg.pk}/topology")


def _rows(model) -> str:
    with everything(), connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{model._meta.db_table}\" t")
        return cursor.fetchone()[0]


def test_the_words_stand_where_they_belong(whole_life):
    """Else all the tests below would pass for a house that loses everything."""
    contact, desk = whole_life.contact, whole_life.desk
    assert (contact.caller_name, contact.answered) == (SAID["caller_name"], SAID["answered"])
    with everything():
        assert Note.objects.get().words == SAID["note"]
    assert Promise.objects.get().words == SAID["promise"]
    assert [one.words for one in stands.said()] == [SAID["observation"]]
    assert "100200300" in desk.pages[address(contact, "verify")]


def test_no_log_of_any_level_has_a_word_of_a_caller(whole_life):
    assert whole_life.logged, "the refusals and missing pages of this contact are in some log"
    for record in whole_life.logged:
        for said in (record.getMessage(), Words().format(record), Json().format(record)):
            assert not marks_in(said), record.name


def test_nothing_personal_travels_to_open_pages(whole_life):
    assert Outbox.objects.exists()
    assert not marks_in(_rows(Outbox))


def test_the_journal_has_ids_and_codes(whole_life):
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert verbs >= {
        "verified",
        "not verified",
        "opened",
        "closed",
        "wrote",
        "promised",
        "observed",
    }
    assert not marks_in(_rows(Entry))
    assert not marks_in(_rows(ContactEvent))


def test_no_mail_and_no_session_has_a_word_of_a_caller(whole_life):
    assert not whole_life.mails
    for browser in (whole_life.desk, whole_life.caller):
        assert not marks_in(str(dict(browser.client.session)))


def test_the_name_of_a_thing_in_a_log_is_its_id(whole_life):
    """`repr` and `str` are what a log, a traceback or a debugger shows without being asked."""
    for model in (Contact, Case, Promise, Seat, Member, Note, Grant, Observation, Call, Leg):
        with everything():
            rows = list(model.objects.all())
        for row in rows:
            assert not marks_in(f"{row} {row!r}"), model.__name__
    home = whole_life.member.household
    assert not marks_in(f"{home} {home!r}")


def test_what_pages_are_made_of_does_not_tell_itself(whole_life):
    ada = world.ada()
    contact = room.talking(ada, name="Ruth Keller", phone="044 321 87 65")
    room.verify(contact)
    assert not marks_in(repr(protect.file_for(ada, contact.pk)))
    assert not marks_in(repr(members.guess("+41443218765", "Ruth Keller")))
    assert not marks_in(repr(members.known(world.frau_keller())))
