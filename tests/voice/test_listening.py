"""Nobody listens unannounced: whoever lets a third person hear tells caller and helper in the same step."""

import ast
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from firsthand.journal.models import Entry
from firsthand.voice import actions, carriers
from firsthand.voice.models import Call
from firsthand.voice.pure.modes import HEARS, OVERHEARD
from tests import world
from tests.voice.test_carriers import CARRIERS, call_of_three

pytestmark = pytest.mark.django_db
VOICE = Path(actions.__file__).parent.parent


@pytest.fixture
def told(monkeypatch):
    """What the carriers were asked to tell, and whether somebody heard already: (carrier, mode, arranged
    before).
    """
    said: list[tuple[str, str]] = []
    for name in CARRIERS:
        kind = carriers.get(name).__class__
        monkeypatch.setattr(
            kind, "announce", lambda self, call: said.append(("announced", call.mode)), raising=True
        )
        monkeypatch.setattr(kind, "arrange", lambda self, call: said.append(("arranged", call.mode)))
    return said


def announcements(call: Call) -> list[str]:
    found = Entry.objects.filter(verb="listening announced", object_id=str(call.pk)).order_by("id")
    return [entry.details["mode"] for entry in found]


def test_the_modes_in_which_the_caller_is_overheard_follow_from_who_hears_whom():
    assert {"listen", "whisper", "conference"} == OVERHEARD


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("mode", sorted(OVERHEARD))
def test_it_is_told_before_it_begins_and_stands_in_the_journal(carrier, mode, told):
    call = call_of_three(carrier)
    told.clear()
    actions.set_mode(call, mode, by=world.ada())
    assert told == [("announced", mode), ("arranged", mode)]
    assert announcements(call) == [mode]
    actions.set_mode(call, mode, by=world.ada())
    assert announcements(call) == [mode], "once"


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("mode", sorted(set(HEARS) - OVERHEARD))
def test_what_nobody_overhears_is_not_announced(carrier, mode, told):
    call = call_of_three(carrier)
    actions.set_mode(call, "hold" if mode == "talk" else "talk", by=world.ada())
    told.clear()
    actions.set_mode(call, mode, by=world.ada())
    assert ("announced", mode) not in told
    assert announcements(call) == []


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_carrier_that_cannot_tell_lets_nobody_hear(carrier, monkeypatch):
    def fails(self, call):
        raise RuntimeError

    call = call_of_three(carrier)
    monkeypatch.setattr(carriers.get(carrier).__class__, "announce", fails)
    for mode in OVERHEARD:
        with pytest.raises(RuntimeError):
            actions.set_mode(call, mode, by=world.ada())
    call.refresh_from_db()
    assert (call.mode, announcements(call)) == ("talk", [])
    assert not carriers.get(carrier).heard(call) & {("customer", "specialist")}


@pytest.mark.parametrize("role", ["customer", "helper"])
def test_nobody_listens_while_one_of_the_two_has_no_page(role):
    call = call_of_three("browser")
    leg = call.legs.get(role=role)
    actions.page_closes(leg, instance=role, by=leg.person)
    with pytest.raises(carriers.NobodyToTell):
        actions.set_mode(call, "listen", by=world.ada())
    call.refresh_from_db()
    assert call.mode == "talk"


@pytest.mark.parametrize("carrier", CARRIERS)
def test_another_listener_is_announced_anew(carrier):
    call = call_of_three(carrier)
    actions.set_mode(call, "listen", by=world.ada())
    actions.join(call, "specialist", world.eva(), by=world.ada())
    assert announcements(call) == ["listen", "listen"]


@pytest.mark.parametrize("mode", sorted(OVERHEARD))
def test_the_row_refuses_a_third_ear_that_was_not_announced(mode):
    call = call_of_three("fake")
    for announced in ("", *sorted(OVERHEARD - {mode})):
        with pytest.raises(IntegrityError, match="third_ear_is_announced"), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(mode=mode, announced=announced)


def test_one_function_alone_writes_how_a_call_stands():
    """`update(mode=…)`, `call.mode = …` and `Call(mode=…)` stand in `_change` and nowhere else."""
    for path in VOICE.parent.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text())
        allowed = {
            id(node)
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef)
            and function.name == "_change"
            and path.name == "calls.py"
            for node in ast.walk(function)
        }
        for node in ast.walk(tree):
            if id(node) in allowed:
                continue
            names = [keyword.arg for keyword in node.keywords] if isinstance(node, ast.Call) else []
            called = (
                node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
            )
            assert not ({"mode", "announced"} & {*names} and called in {"update", "create"}), path
            targets = node.targets if isinstance(node, ast.Assign) else []
            assert not any(isinstance(one, ast.Attribute) and one.attr == "mode" for one in targets), path


@pytest.mark.parametrize("template", ["phone_bar.html", "caller_phone.html"])
def test_both_telephones_have_a_sentence_for_each(template):
    text = (VOICE / "templates" / "voice" / template).read_text()
    assert "data-third" in text
    for mode in OVERHEARD:
        assert f'data-say="third-{mode}"' in text
