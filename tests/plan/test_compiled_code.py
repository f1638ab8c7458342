"""Where compiled code is kept, and what is seen while it is made."""

import os
import threading
from pathlib import Path

import pytest

from firsthand.cli import compiled


@pytest.fixture
def read_only(monkeypatch, tmp_path):
    """The package lies where nobody may write."""
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    allowed = os.access
    package = Path(compiled.__file__).parents[1]
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != package and allowed(path, mode))
    monkeypatch.setenv("FIRSTHAND_HOME", str(tmp_path / "home"))
    yield tmp_path
    os.environ.pop("NUMBA_CACHE_DIR", None)


def test_a_package_that_cannot_be_written_keeps_it_in_the_home(read_only):
    compiled.keep()
    assert os.environ["NUMBA_CACHE_DIR"] == str(read_only / "home" / "compiled")
    assert (read_only / "home" / "compiled").is_dir()


def test_a_home_that_cannot_be_made_keeps_nothing_by_a_known_name(read_only, monkeypatch):
    (read_only / "file").write_text("")
    monkeypatch.setenv("FIRSTHAND_HOME", str(read_only / "file"))
    compiled.keep()
    folder = Path(os.environ["NUMBA_CACHE_DIR"])
    assert folder.name.startswith("firsthand-compiled-")
    assert folder.stat().st_mode & 0o077 == 0
    folder.rmdir()


def test_who_named_a_folder_gets_it(read_only, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/elsewhere")
    compiled.keep()
    assert os.environ["NUMBA_CACHE_DIR"] == "/elsewhere"


def test_a_short_start_is_not_explained(capsys):
    before = set(threading.enumerate())
    with compiled.said():
        (waiting,) = set(threading.enumerate()) - before
    waiting.join(10)
    assert not waiting.is_alive(), "it is called off, long before its time"
    assert capsys.readouterr().err == ""


def test_a_long_start_is_explained(monkeypatch, capsys):
    monkeypatch.setattr(compiled, "SECONDS", 0.01)
    before = set(threading.enumerate())
    with compiled.said():
        for waiting in set(threading.enumerate()) - before:
            waiting.join(10)
    assert "is compiled" in capsys.readouterr().err
