"""`firsthand doctor` finds what would lose a confidence or give one away."""

import pytest

from firsthand.config.health import keys as health
from firsthand.config.health import machine
from firsthand.protect import keys
from tests.protect.sealed import sealed


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.KEYS = []
    return tmp_path


def test_a_key_that_others_can_read_is_named(home):
    keys.ring()
    assert [one.level for one in machine.secrets()] == ["well"]
    (file,) = (home / "keys").glob("*.key")
    file.chmod(0o640)
    (finding,) = machine.secrets()
    assert (finding.level, finding.do) == ("mend", f"chmod 600 {file}")


@pytest.mark.django_db
def test_looking_makes_no_key(home):
    assert [one.level for one in health.sealed()] == ["well"]
    assert not (home / "keys").exists()


@pytest.mark.django_db
def test_a_key_that_was_cut_off_is_named_and_not_used(home):
    keys.ring()
    (file,) = (home / "keys").glob("*.key")
    file.write_text("half of")
    (finding,) = health.sealed()
    assert finding.level == "mend"
    assert str(file) in finding.says


@pytest.mark.django_db
def test_what_is_sealed_with_a_key_that_is_gone_is_counted(home):
    sealed()
    assert [one.level for one in health.sealed()] == ["well"]
    (file,) = (home / "keys").glob("*.key")
    file.unlink()
    (finding,) = health.sealed()
    assert finding.level == "mend"
    assert "a key that is not here: 1." in finding.says
    assert not list((home / "keys").glob("*.key"))
