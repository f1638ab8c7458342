import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as some

from firsthand.journal.pure import chain

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FIELDS = ("1", "looked", "a.b", "7", "{}")


def entry(number: int, **more) -> chain.Entry:
    return chain.Entry(number, **{"at": NOON + timedelta(seconds=number), "fields": FIELDS, **more})


def links(count: int) -> list[chain.Link]:
    made = chain.chained(chain.START, 0, [entry(number) for number in range(1, count + 1)])
    return [chain.Link(n, each.id, hash, each) for n, each, hash in made]


def broken(given: list[chain.Link]) -> chain.Break | None:
    walk = chain.Walk()
    return next(filter(None, map(walk.step, given)), None)


def test_a_whole_chain_holds():
    assert broken(links(5)) is None


def test_what_is_hashed_can_be_written_by_hand():
    one = chain.Entry(12, NOON, ("1", None, "", "Zürich"))
    assert chain.canonical(3, one) == "3\n12\n2026-11-21 12:00:00.000000\n1:1\n:\n0:\n7:Zürich\n".encode()
    by_hand = hashlib.sha256(bytes(32) + chain.canonical(3, one)).digest()
    assert chain.sealed(chain.START, 3, one) == by_hand


def test_the_zone_of_the_clock_does_not_matter():
    one = entry(1)
    other = entry(1, at=one.at.astimezone(timezone(timedelta(hours=9))))
    assert chain.sealed(chain.START, 1, one) == chain.sealed(chain.START, 1, other)


def test_the_same_entry_has_another_hash_in_another_place():
    assert chain.sealed(chain.START, 1, entry(1)) != chain.sealed(chain.START, 2, entry(1))
    assert chain.sealed(chain.START, 1, entry(1)) != chain.sealed(bytes([1]) * 32, 1, entry(1))


@given(some.lists(some.none() | some.text(), max_size=4), some.lists(some.none() | some.text(), max_size=4))
def test_no_field_runs_into_the_next(one, other):
    written = [chain.canonical(1, entry(1, fields=tuple(fields))) for fields in (one, other)]
    assert (written[0] == written[1]) == (one == other)


CHANGES = [
    {"id": 99}, {"at": NOON}, *({"fields": FIELDS[:at] + (None,) + FIELDS[at + 1 :]} for at in range(5)),
    {"fields": ("1", "looked", "a.b", "7", '{"a": 1}')},
]  # fmt: skip


@given(some.integers(0, 5), some.sampled_from(CHANGES))
def test_any_change_of_any_field_shows_where_it_was_made(place, change):
    changed = links(6)
    changed[place] = replace(changed[place], entry=replace(changed[place].entry, **change))
    assert broken(changed) == chain.Break(changed[place].entry_id, "changed")


@given(some.integers(0, 5), some.integers(0, 5))
def test_two_that_change_places_show(one, other):
    changed = links(6)
    changed[one], changed[other] = changed[other], changed[one]
    assert (broken(changed) is None) == (one == other)


@given(some.integers(0, 4))
def test_one_that_is_gone_shows(place):
    assert broken(links(6)[:place] + links(6)[place + 1 :]).why == "gap"
