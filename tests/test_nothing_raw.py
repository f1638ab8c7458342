"""What somebody typed before it was screened is in no table, log, nudge, session, cache, mail or error page.

Marked confidences go through every field of free text, also through an error in the middle of saving. Then
the administrator reads every table of the database, bytes and all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from firsthand.answer import actions
from firsthand.answer.actions.history import Answered, History, import_history
from firsthand.answer.models import Contact, Seat
from firsthand.answer.queries.memo import memo
from firsthand.config.logs import Json, Words
from firsthand.protect import actions as protect
from firsthand.protect.models import Confidence
from firsthand.protect.views import screening
from tests import world
from tests.answer import room
from tests.answer.pages import HTMX, address
from tests.logins import administrator, everything
from tests.people.signing import client_of
from tests.test_nothing_leaks import logged

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER, PHONE = "756.9217.0769.85", "079 321 65 47"
SAID = f"Sie trinkt wieder. Sie lebt getrennt. AHV {NUMBER}, Telefon {PHONE}."
MARKS = ["trinkt", "getrennt", "9217.0769", "7569217076985", "321 65 47", "793216547"]
TABLES = """
    SELECT relname FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace
"""


def found_in(text: str) -> list[str]:
    lower = text.lower()
    as_hex = [mark.encode().hex() for mark in MARKS]
    return [mark for mark, bytes_ in zip(MARKS, as_hex, strict=True) if mark in lower or bytes_ in lower]


def rows() -> Iterator[tuple[str, str]]:
    with administrator() as plain:
        for (table,) in plain.execute(TABLES).fetchall():
            for (row,) in plain.execute(f'SELECT t::text FROM "{table}" t').fetchall():
                yield table, row


def hidden(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]*)"', page)


class Desk:
    """Ada's browser. Her own words come back to her page, and to nothing else of an answer."""

    def __init__(self) -> None:
        self.client = client_of(world.ada())
        self.client.raise_request_exception = False

    def post(self, path: str, data: dict[str, object]) -> str:
        response = self.client.post(path, data, headers=HTMX)
        for name, value in response.headers.items():
            assert not found_in(value), (path, name)
        if response.status_code >= 500:
            assert not found_in(response.content.decode()), path
        return response.content.decode()


@pytest.fixture
def lived(settings, tmp_path, monkeypatch):
    settings.HOME, settings.DEBUG = tmp_path, False
    screening._asked.clear()
    before = len(mail.outbox)
    with logged() as records:
        _live(monkeypatch)
    return records, mail.outbox[before:]


def _live(monkeypatch) -> None:
    ada, keller, concern = world.ada(), world.frau_keller(), world.concern("CH28", "umzug")
    for category in ("phone", "ahv", "separation", "addiction"):  # whatever the programme's own matrix says
        protect.set_need("CH28", category, "drop", reason="for this test", by=world.petra())
    Client().post("/call/", {"language": "de", "name": f"Ruth Keller {SAID}"[:119]})
    actions.give_up(Contact.objects.get())
    contact = room.talking(ada)
    desk = Desk()
    asked = {"screen-name": "words", "screen-field": "record-words", "words": SAID, "concern": "CH28"}
    desk.post("/protect/screen/", asked)  # before anybody is verified and the concern is named
    record = {"answered": SAID, "words": SAID, "purpose": "kvg_b"}
    desk.post(address(contact, "record"), record)
    room.verify(contact)
    actions.name_concern(contact, concern, by=ada)
    page = desk.post("/protect/screen/", {**asked, "topic": "umzug"})
    marks = hidden(page, "seen-words")
    assert len(marks) >= 3
    for mark, action in zip(marks, ("seal", "drop", "seal"), strict=False):
        desk.post("/protect/screen/", {**asked, "topic": "umzug", "decide": f"{mark}|{action}|"})
    choices = [f"{marks[0]}|seal|", f"{marks[1]}|keep|weil {NUMBER}"]
    decided = {**record, "screened-words": "1", "choice-words": choices[:1], "seen-words": marks}
    desk.post(address(contact, "record"), decided)
    desk.post(address(contact, "record"), {**record, "words": SAID * 90})
    with monkeypatch.context() as broken:  # in the middle of saving
        broken.setattr(protect, "seal_draft", _fail)
        desk.post(address(contact, "record"), decided)
    due = timezone.localdate() + timedelta(days=3)
    for _ in range(2):
        desk.post(address(contact, "promise"), {"words": f"Brief {SAID}", "due_on": due})
    promise = {"words": f"Brief {SAID}", "due_on": due, "screened-words": "1"}
    seen = hidden(desk.post(address(contact, "promise"), promise), "seen-words")
    desk.post(address(contact, "promise"), {**promise, "seen-words": seen})
    seen = hidden(desk.post("/board/say/", {"words": SAID, "screened-words": "1"}), "seen-words")
    desk.post("/board/say/", {"words": SAID, "screened-words": "1", "seen-words": seen})
    actions.note(contact, words=f"Umzug im Mai. {SAID}", purpose="kvg_b", by=ada)
    actions.hang_up(contact, by=ada)
    for _ in range(2):  # the first is refused: something the page has not shown
        page = desk.post(address(contact, "close"), {**decided, "solved": "yes"})
        decided["seen-answered"] = hidden(page, "seen-answered")
        decided["seen-words"] = hidden(page, "seen-words")
    assert room.state(contact) == "closed"
    _import(ada, keller, concern)
    protect.set_need("CH28", "debt", "seal", reason=f"weil {SAID}", by=world.petra())


def _fail(*given, **more):
    raise RuntimeError(SAID)


def _import(ada, keller, concern) -> None:
    """Without what would be sealed: the owner brings that over, as the demo does."""
    began = timezone.now() - timedelta(days=2)
    at = dict.fromkeys(("offered_at", "connected_at", "talk_at", "hung_up_at"), began)
    words = f"AHV {NUMBER}, Telefon {PHONE}."
    went = Answered(
        **at, seat=Seat.objects.get(person=ada), member=keller, concern=concern, words=words, solved=True,
        promise=(f"Anruf auf {PHONE}", timezone.localdate()),
    )  # fmt: skip
    import_history([History("de", began, began + timedelta(minutes=5), answered=went)], by=None)


def test_nothing_raw_is_anywhere(lived):
    records, mails = lived
    with everything():
        assert Confidence.objects.count() >= 2  # sealed, so the test has something to find
    leaked = sorted({(table, mark) for table, row in rows() for mark in found_in(row)})
    assert leaked == []
    for form in (Json(), Words()):
        for record in records:
            # Django's own test client logs the queries of a test; a house runs without (DEBUG is off).
            if record.name != "django.db.backends":
                assert not found_in(form.format(record)), (record.name, record.getMessage()[:40])
    assert not any(found_in(str(one.message())) for one in mails)
    kept = [*vars(memo).values(), *vars(screening._asked).values(), *vars(caches["default"]).values()]
    assert not any(found_in(repr(one)) for one in kept)


def test_it_would_find_what_is_there(lived):
    """The looking itself is tried: one raw word in one table, and one in bytes."""
    with administrator() as plain:
        plain.execute("UPDATE answer_contact SET answered = %s WHERE member_id IS NOT NULL", [SAID])
    assert ("answer_contact", "trinkt") in {(table, mark) for table, row in rows() for mark in found_in(row)}
