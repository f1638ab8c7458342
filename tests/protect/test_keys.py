"""The keys change, and what was erased is gone from backups too."""

import base64
import os
import stat

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.test import TestCase

from firsthand.kernel import zones
from firsthand.protect import actions, keys, wall
from firsthand.protect.actions import renewing
from firsthand.protect.boxes import unsealed
from firsthand.protect.models import Confidence
from firsthand.protect.pure.sealing import DoesNotOpen
from tests import world
from tests.logins import everything
from tests.protect import sealed as sealing
from tests.protect.sealed import WORDS, behind_the_wall, open_file, opened, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys_of_this_test(settings, tmp_path):
    settings.HOME = tmp_path
    settings.KEYS = []


def living() -> list[str]:
    ring = keys.ring()
    return [unsealed(row, ring) for row in behind_the_wall() if row.erased_at is None]


def erase(row: Confidence) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        sealing.erase(row)


def test_the_first_key_is_made_when_it_is_needed_and_only_its_owner_reads_it():
    sealed()
    (path,) = keys.folder().glob("*.key")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.folder().stat().st_mode) == 0o700
    assert len(base64.b64decode(path.read_text())) == 32


def test_a_new_key_wraps_what_lives_and_the_old_one_is_destroyed():
    for number in range(7):
        sealed(f"{WORDS} {number}")
    before = living()
    old = keys.ring().current
    renewed = actions.rotate_keys(by=None)
    assert (renewed.wrapped, renewed.destroyed, renewed.lost) == (7, [old.id], 0)
    assert [key.id for key in keys.ring().keys] == [renewed.key] != [old.id]
    assert living() == before
    assert {row.key_id for row in behind_the_wall()} == {renewed.key}


def test_stopped_on_the_way_it_goes_on_where_it_was(monkeypatch):
    for number in range(7):
        sealed(f"{WORDS} {number}")
    before = living()
    monkeypatch.setattr(renewing, "BATCH", 3)

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.rotate_keys(by=None, tell=stop)
    assert len(keys.ring().keys) == 2
    assert living() == before  # both keys are there: everything opens
    sealed("in between")
    renewed = actions.rotate_keys(by=None)
    assert renewed.wrapped == 4
    assert len(keys.ring().keys) == 1
    assert living() == [*before, "in between"]


def test_erased_it_does_not_open_from_a_restored_backup():
    """The rows as a backup holds them, written back after the erasure and the next change of keys."""
    gone, stays = sealed(), sealed("trinkt nicht mehr")
    backup = {row.pk: (bytes(row.sealed), bytes(row.wrapped_key), row.key_id) for row in (gone, stays)}
    erase(gone)
    actions.rotate_keys(by=None)
    for pk, (words, wrapped, key_id) in backup.items():
        restored = behind_the_wall(pk)
        restored.sealed, restored.wrapped_key, restored.key_id = words, wrapped, key_id
        with pytest.raises(keys.KeyIsGone):
            unsealed(restored, keys.ring())
        for key in keys.ring().keys:  # whatever name the row gives, no key that exists opens it
            restored.key_id = key.id
            with pytest.raises(DoesNotOpen):
                unsealed(restored, keys.ring())
    assert living() == ["trinkt nicht mehr"]


def test_until_the_keys_change_the_list_of_the_erased_keeps_a_restored_one_closed():
    row = sealed()
    copy = {name: getattr(row, name) for name in ("member", "contact_id", "field", "category", "purpose")}
    held = (
        bytes(row.sealed),
        bytes(row.wrapped_key),
        row.key_id,
        row.settled_at,
        row.keep_until,
        row.sealed_by,
    )
    erase(row)
    assert keys.erased() == {row.pk}
    with everything():
        Confidence.objects.all().delete()
    words, wrapped, key_id, settled, until, by = held
    with everything():
        back = Confidence.objects.create(
            pk=row.pk, sealed=words, wrapped_key=wrapped, key_id=key_id, settled_at=settled, keep_until=until,
            sealed_by=by, **copy,
        )  # fmt: skip
    open_file()
    with pytest.raises(actions.Erased):
        opened(back)
    assert [row.erased_at is None for row in behind_the_wall()] == [False]


def test_a_whole_restored_database_is_erased_again():
    row = sealed()
    keys.note_erased([row.pk])
    assert actions.erase_again() == 1
    assert actions.erase_again() == 0


def test_an_erasure_that_was_taken_back_is_on_no_list():
    row = sealed()
    with (
        TestCase.captureOnCommitCallbacks(execute=True),
        zones.of(zones.PROTECTION),
        transaction.atomic(),
        wall.within({wall.RETENTION}, person=None),
    ):
        actions.erase([row], why="request", by=None)
        transaction.set_rollback(True)
    assert keys.erased() == set()
    assert living() == [WORDS]


def test_the_clock_changes_keys_in_the_night_after_an_erasure_and_only_then():
    row = sealed()
    sealed("trinkt nicht mehr")
    assert actions.renew_keys() is None  # nothing was erased
    erase(row)
    assert actions.renew_keys() is None  # the key was made today
    for path in keys.folder().glob("*.key"):
        os.utime(path, (1e9, 1e9))
    renewed = actions.renew_keys()
    assert renewed is not None
    assert (renewed.wrapped, len(renewed.destroyed)) == (1, 1)
    assert keys.erased() == set()
    assert actions.renew_keys() is None
    assert living() == ["trinkt nicht mehr"]


def test_keys_from_the_environment_are_changed_by_whoever_holds_them(settings):
    one, two = (base64.b64encode(os.urandom(32)).decode() for _ in range(2))
    settings.KEYS = [one]
    sealed()
    old = keys.ring().current.id
    settings.KEYS = [two, one]
    renewed = actions.rotate_keys(by=None)
    assert (renewed.wrapped, renewed.destroyed, renewed.to_destroy) == (1, [], [old])
    settings.KEYS = [two]
    assert living() == [WORDS]
    assert not keys.folder().exists() or not list(keys.folder().glob("*.key"))


@pytest.mark.parametrize("word", ["", "short", "c2hvcnQ=", "ä" * 44], ids=repr)
def test_what_is_no_key_is_refused_without_repeating_it(settings, word):
    settings.KEYS = [word]
    with pytest.raises(ImproperlyConfigured) as no:
        keys.ring()
    assert not word or word not in str(no.value)


def test_a_destroyed_key_is_overwritten_before_its_file_goes(monkeypatch):
    sealed()
    (path,) = keys.folder().glob("*.key")
    before = path.read_bytes()
    seen = []
    unlink = type(path).unlink

    def watched(self, **more):
        if self.suffix == ".key":
            seen.append(self.read_bytes())
        unlink(self, **more)

    monkeypatch.setattr(type(path), "unlink", watched)
    actions.rotate_keys(by=world.petra())
    assert [len(one) for one in seen] == [len(before)]
    assert before not in seen


def test_killed_while_it_destroys_a_key_it_leaves_none_that_nobody_can_read(monkeypatch):
    sealed()
    (before,) = keys.folder().glob("*.key")

    class Killed(BaseException):
        """As by a signal."""

    def killed(_self, **_more):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(type(before), "unlink", killed)
        with pytest.raises(Killed):
            actions.rotate_keys(by=None)
    assert living() == [WORDS]
    erase(sealed(f"{WORDS} 2"))
    actions.rotate_keys(by=None)
    assert len(list(keys.folder().glob("*.key"))) == 1, "what was left of the old one is gone too"
    assert living() == [WORDS]


def test_when_the_last_step_fails_what_was_wrapped_anew_stays_so(monkeypatch):
    """A database that goes away at that moment must not take back what only a destroyed key could open."""
    sealed()
    rewrap, calls = renewing._rewrap, []

    def sealed_in_the_last_moment(ring, renewed):
        calls.append(1)
        return len(calls) > 1 and rewrap(ring, renewed)

    def gone(*_, **__):
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(renewing, "_rewrap", sealed_in_the_last_moment)
        patched.setattr(renewing.journal, "record", gone)
        with pytest.raises(RuntimeError):
            actions.rotate_keys(by=None)
    assert living() == [WORDS]


def test_what_is_erased_while_the_keys_change_stays_on_the_list(monkeypatch):
    """A backup of that moment has it under the new key."""
    erase(sealed(f"{WORDS} 1"))
    row = sealed(f"{WORDS} 2")
    rewrap, begun = renewing._rewrap, []

    def erased_meanwhile(ring, renewed):
        more = rewrap(ring, renewed)
        if not begun:
            begun.append(row.pk)
            erase(row)
        return more

    monkeypatch.setattr(renewing, "_rewrap", erased_meanwhile)
    actions.rotate_keys(by=None)
    assert keys.erased() == {row.pk}
    actions.rotate_keys(by=None)
    assert keys.erased() == set()
