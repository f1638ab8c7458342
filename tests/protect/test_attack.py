"""The attack itself: where it may be let loose, and that its attempts are many, different and the same again."""

from __future__ import annotations

import argparse
from itertools import islice

import pytest
from asgiref.sync import async_to_sync
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from firsthand.cli import attack as command
from firsthand.cli.halt import Halt
from firsthand.config import zones
from firsthand.config.attack import allowed, hearing, place
from firsthand.config.attack.findings import Leak, Report
from firsthand.config.attack.marks import Mark, Marks
from firsthand.config.attack.sql import generator
from firsthand.config.attack.sql.aims import Targets, Token

NOTE = ('public."protect_note"', '"words"', "t.member_id", "protect_note", True)
TARGETS = Targets(
    relations=[NOTE, ('public."answer_contact"', '"answered"', "t.id", "answer_contact", True)],
    walled=("protect_note",),
    catalogues=["pg_stats"],
    calls=["public.f(1)"],
    files=["mark"],
    their=[2, 3],
)
TOKENS = [Token("none", ""), Token("right", "kvg_a|1|1||9|aa", frozenset({"front"}), 1)]


def test_an_installations_own_database_is_refused():
    with pytest.raises(ImproperlyConfigured, match="an installation's own database"):
        place.check()


@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_URL_FRONT", "DATABASE_DIRECT_URL"])
def test_with_an_address_of_a_database_it_does_not_begin(monkeypatch, name):
    monkeypatch.setenv(name, "postgresql://firsthand@db/firsthand")
    with pytest.raises(Halt, match=f"{name} is set"):
        command.throw_away()


@pytest.mark.parametrize("said", ["-4", "0", "many", "1.5"])
def test_so_many_attempts_are_not_made(said, capsys):
    parser = argparse.ArgumentParser()
    command.add(parser)
    with pytest.raises(SystemExit) as no:
        parser.parse_args(["--attempts", said])
    assert no.value.code == 2
    assert "a number from 1" in capsys.readouterr().err


def test_an_unknown_part_is_refused_before_a_house_is_made(monkeypatch):
    monkeypatch.setattr(command, "throw_away", lambda: pytest.fail("a house was made"))
    with pytest.raises(Halt, match="There is no part “nonsense”"):
        command.run(argparse.Namespace(only="sql,nonsense"))


def test_attempts_are_different_and_the_same_for_a_seed():
    first = [one.says for one in islice(generator.attempts(TARGETS, TOKENS, 7), 30_000)]
    again = [one.says for one in islice(generator.attempts(TARGETS, TOKENS, 7), 30_000)]
    other = [one.says for one in islice(generator.attempts(TARGETS, TOKENS, 8), 30_000)]
    assert first == again
    assert len(set(first)) == 30_000
    assert first != other


def test_every_placeholder_is_filled():
    for attempt in islice(generator.attempts(TARGETS, TOKENS, 1), 30_000):
        for one in (
            "{r}",
            "{c}",
            "{x}",
            "{w}",
            "{k}",
            "{id}",
            "{their}",
            "{token}",
            "{role}",
            "{call}",
            "{into}",
            "{file}",
        ):
            assert one not in attempt.says, attempt.says


@pytest.mark.parametrize(
    "seen", ["xqj00001", "XQJ00001", "10000jqx", "78716a3030303031", "+41 90 377 00 001", "9037700001"]
)
def test_a_mark_is_found_however_it_is_dressed(seen):
    marks = Marks()
    mark = marks.new("protect_note", "words", 1)
    assert marks.in_text(f"before {seen} after") == {mark}


def test_what_is_no_mark_is_none():
    marks = Marks()
    marks.new("protect_note", "words")
    assert not marks.in_text("xqj 00001, xqj00002, 0123456789")


def test_what_the_zones_allow_never_outweighs_the_promise(monkeypatch):
    """Somebody gives sales the notes in config/zones.py: the attack does not believe it."""
    monkeypatch.setitem(zones.TABLES, "protect_note", {"outreach": "s"})
    monkeypatch.setitem(zones.TABLES, "answer_contact", {"outreach": "s", "learn": "s", "front": "s"})
    assert not allowed.opens("outreach", "protect_note")
    assert not allowed.opens("outreach", "answer_contact")
    assert not allowed.opens("learn", "answer_contact")
    assert allowed.opens("front", "answer_contact")


def test_a_stream_that_fails_is_not_taken_for_one_that_keeps_silent(monkeypatch):
    class Broken:
        def __init__(self, _hub):
            pass

        async def __call__(self, _scope, _receive, _send):
            raise ConnectionError

    monkeypatch.setattr(hearing, "Stream", Broken)
    monkeypatch.setattr(hearing.bus, "touch", lambda *_: None)
    monkeypatch.setattr(hearing, "LISTENS", 0.02)
    with pytest.raises(ConnectionError):
        async_to_sync(hearing._hear)(Client(), "a token", "contact:1")


def test_a_note_is_seen_with_the_token_of_its_own_file_only():
    mark = Mark(1, "protect_note", "words", 7)
    assert allowed.may_see("front", mark, own=7)
    assert not allowed.may_see("front", mark, own=8)
    assert not allowed.may_see("front", mark)


def test_a_hole_is_told_with_what_to_do_and_without_its_words():
    leak = Leak("sql", "outreach", "a closed table", "SELECT words FROM protect_note", "mark 7")
    *_, seen, do = command._lines(Report(leaks=[leak]))
    assert seen.strip() == "seen: mark 7"
    assert do.startswith("What to do: let nobody work")
    assert command._lines(Report())[-1] == "Nothing came across the wall."


def test_a_report_keeps_the_shortest_of_each_kind():
    report = Report()
    long, short = (Leak("sql", "x", "way", words, "mark 1") for words in ("SELECT * FROM a", "TABLE a"))
    report.add([long, short, long])
    assert report.leaks == [short]
