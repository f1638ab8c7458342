"""The keys change while somebody seals, opens or hands over: nobody finds a key gone, and nobody waits in a ring."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection, connections, transaction

from firsthand.kernel import zones
from firsthand.protect import actions, keys, wall
from firsthand.protect.models import Confidence, Field
from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen import Sealed
from tests import world
from tests.protect import outreach
from tests.protect.sealed import CONTACT, WORDS, behind_the_wall, open_file, opened, sealed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _keys_of_this_test(settings, tmp_path):
    settings.HOME = tmp_path
    settings.KEYS = []
    outreach.in_switzerland()


def apart(job: Callable[[], object]) -> Callable[[], object]:
    def run() -> object:
        try:
            return job()
        finally:
            connections.close_all()

    return run


def draft(*words: str) -> None:
    said = [Sealed(Category.ADDICTION, one) for one in words]
    by = world.ada()
    actions.seal_draft(CONTACT, field=Field.NOTE, purpose="kvg_c", sealed=said, marks={}, by=by)


def settled() -> None:
    actions.settle(CONTACT, None, note=None, purpose="kvg_c", by=world.ada())


def read() -> None:
    assert opened(behind_the_wall()[0]).words == WORDS


@pytest.mark.parametrize(
    "job", [lambda: draft("ganz anders"), settled, read], ids=["draft", "settle", "open"]
)
def test_who_waits_for_the_keys_holds_no_row_that_their_change_needs(job):
    world.ada()
    if job is read:
        sealed()
        open_file()
    else:
        draft(WORDS)
    with ThreadPoolExecutor(1) as pool:
        with zones.of(zones.PROTECTION), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT protect_keys_alone()")
            waits = pool.submit(apart(job))
            assert not wait([waits], timeout=0.4).done, "no key goes under its hands"
            with wall.within({wall.RETENTION}, person=None):
                assert len(Confidence.objects.select_for_update(nowait=True)) == 1
        waits.result(timeout=20)


@pytest.fixture
def keys_change(monkeypatch):
    """At the moment at which the keys were read."""
    read_before, begun = keys.ring, []
    pool = ThreadPoolExecutor(1)

    def ring() -> keys.Ring:
        found = read_before()
        if not begun:
            begun.append(pool.submit(apart(lambda: actions.rotate_keys(by=None))))
            wait(begun, timeout=0.5)
        return found

    yield lambda: monkeypatch.setattr(keys, "ring", ring)
    for one in begun:
        one.result(timeout=20)
    pool.shutdown()


def test_a_package_has_the_words_also_when_the_keys_change_while_it_is_made(keys_change):
    sealed()
    about = {"way": "letter", "member": world.frau_keller(), "identity": "papers", "by": world.petra()}
    request = actions.take_down("access", **about)
    actions.start(request, by=world.petra())
    keys_change()
    made = json.loads(actions.make_package(request, form="json", by=world.petra()))
    (kept,) = [one["rows"] for one in made["kept"] if one["table"] == "protect_confidence"]
    assert [row["sealed"] for row in kept] == [WORDS]


def test_a_draft_is_saved_also_when_the_keys_change_at_that_moment(keys_change):
    draft(WORDS)
    keys_change()
    draft(WORDS, "und noch etwas")
    assert len(behind_the_wall()) == 2


def test_no_key_is_destroyed_while_somebody_seals():
    sealed()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT protect_hold_keys()")
            changes = pool.submit(apart(lambda: actions.rotate_keys(by=None)))
            assert not wait([changes], timeout=0.6).done, "it waits for who seals"
            assert len(keys.ring().keys) == 2, "the one from before is still there"
        changes.result(timeout=20)
    assert len(keys.ring().keys) == 1
