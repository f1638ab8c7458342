"""The commands do what the page does: a named officer, a request that stays, a file for its owner."""

import argparse
import errno
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from firsthand.cli import retention, subject
from firsthand.cli.halt import Halt
from firsthand.protect import actions
from firsthand.protect.models import Request
from tests import world
from tests.logins import everything

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _named(settings):
    settings.INSURER = "Firnlicht"


@pytest.fixture(autouse=True)
def _looking_on():
    with everything():
        yield


def given(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    subject.add(parser)
    return parser.parse_args(words)


def export(tmp_path, *more: str, by: str = "petra@firnlicht.example") -> int:
    return subject.run(
        given("export", "--member", "100200300", "--out", str(tmp_path / "k"), "--by", by, *more)
    )


def test_the_export_is_a_file_for_its_owner_and_a_request_that_stays(tmp_path, capsys):
    world.petra(), world.frau_keller()
    assert export(tmp_path) == 0
    assert (tmp_path / "k").read_bytes().startswith(b"PK")
    assert (tmp_path / "k").stat().st_mode & 0o777 == 0o600
    assert Request.objects.get().handed_over_at
    assert "Password, kept nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("by", ["ada@firnlicht.example", "nobody@firnlicht.example"])
def test_only_an_officer_exports(tmp_path, by):
    world.ada(), world.frau_keller()
    with pytest.raises(Halt, match="no data-protection officer"):
        export(tmp_path, by=by)
    assert not (tmp_path / "k").exists()


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    world.petra(), world.frau_keller()
    (tmp_path / "k").write_text("mine")
    with pytest.raises(Halt, match="is there already"):
        export(tmp_path)
    assert not Request.objects.exists()


def test_where_nothing_can_be_written_nothing_is_handed_over(tmp_path):
    world.petra(), world.frau_keller()
    with pytest.raises(Halt, match="cannot be written") as no:
        export(tmp_path / "no such folder")
    assert no.value.code == 2
    assert not Request.objects.exists()


def test_on_a_full_disk_nothing_is_handed_over(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    world.petra(), world.frau_keller()
    with monkeypatch.context() as now:
        now.setattr(subject.os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            export(tmp_path)
    assert not (tmp_path / "k").exists()
    assert Request.objects.get().handed_over_at is None
    assert export(tmp_path) == 0  # and nobody has to say why it is made once more


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_erased_without_a_reason(reason):
    world.petra(), world.frau_keller()
    words = ("erase", "--member", "100200300", "--reason", reason, "--by", "petra@firnlicht.example")
    with pytest.raises(Halt, match="Nothing was erased"):
        subject.run(given(*words))
    assert not Request.objects.exists()


def test_what_is_refused_leaves_no_file(tmp_path):
    world.petra(), world.frau_keller()
    export(tmp_path)
    (tmp_path / "k").unlink()
    with pytest.raises(Halt, match="handed over already"):
        export(tmp_path)
    assert not (tmp_path / "k").exists()


def test_a_package_without_an_insurer_on_its_cover_is_not_made(tmp_path, settings):
    world.petra(), world.frau_keller()
    settings.INSURER = ""
    with pytest.raises(Halt, match="FIRSTHAND_INSURER") as no:
        export(tmp_path)
    assert no.value.code == 2
    assert not Request.objects.exists()
    assert not (tmp_path / "k").exists()


def test_the_commands_speak_one_language_whatever_the_house_speaks(tmp_path, monkeypatch, capsys):
    petra, _keller = world.petra(), world.frau_keller()
    monkeypatch.setattr("firsthand.kernel.direct.alone", lambda name: nullcontext())
    with translation.override("de-ch"):
        export(tmp_path)
        (tmp_path / "k").unlink()
        with pytest.raises(Halt, match="handed over already"):
            export(tmp_path)
        with pytest.raises(Halt, match="no dry run for today"):
            retention.run(argparse.Namespace(run=True, dry_run=False))
        words = ("erase", "--member", "100200300", "--reason", "By letter", "--by", petra.email)
        assert subject.run(given(*words, "--dry-run")) == 0
        assert translation.get_language() == "de-ch"
    assert "Proof" in capsys.readouterr().out


def test_an_erasure_names_what_it_did_and_a_dry_run_does_nothing(capsys):
    world.petra(), world.frau_keller()
    words = ("erase", "--member", "100200300", "--reason", "By letter", "--by", "petra@firnlicht.example")
    assert subject.run(given(*words, "--dry-run")) == 0
    assert "Nothing was erased" in capsys.readouterr().out
    assert not Request.objects.exists()
    assert subject.run(given(*words)) == 0
    assert "members_member" in capsys.readouterr().out
    assert Request.objects.get().erased_at


def test_the_night_by_hand(capsys, monkeypatch):
    monkeypatch.setattr("firsthand.kernel.direct.alone", lambda name: nullcontext())
    assert retention.run(argparse.Namespace(run=False, dry_run=True)) == 0
    assert "nothing will be past its clock" in capsys.readouterr().out
    with pytest.raises(Halt, match="no dry run for today"):
        retention.run(argparse.Namespace(run=True, dry_run=False))


def test_under_a_legal_hold_nothing_is_erased_and_nothing_granted():
    petra, keller = world.petra(), world.frau_keller()
    until = timezone.localdate() + timedelta(days=30)
    actions.hold(keller, until=until, reason="Proceeding in Zurich", by=petra)
    words = ("--member", "100200300", "--reason", "Brief vom 3. März", "--by", petra.email)
    for _ in range(2):
        with pytest.raises(Halt, match="legal hold"):
            subject.run(given("erase", *words))
    request = Request.objects.get()
    assert (request.state, request.decision) == ("checked", "")
