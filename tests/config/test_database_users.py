"""Root, ordinary users, and users the machine has no name for."""

import os
import pwd

import pytest

from firsthand.config.embedded import CannotStart, Server, programs
from firsthand.config.embedded.owner import Owner
from tests.config import homes

as_root = pytest.mark.skipif(not homes.ROOT, reason="becomes other users")


@as_root
def test_the_named_user_is_taken_and_data_keep_their_owner(monkeypatch):
    with homes.home() as folder:
        monkeypatch.setenv("FIRSTHAND_PG_USER", homes.STRANGER)
        server = Server(folder, forgetful=True)
        server.ensure()
        runs_as = os.stat(f"/proc/{homes.postmaster(server)}").st_uid
        assert pwd.getpwuid(runs_as).pw_name == server.places.owner.name == homes.STRANGER
        server.release()
        monkeypatch.delenv("FIRSTHAND_PG_USER")
        server.ensure()
        assert server.places.owner.name == homes.STRANGER


@as_root
def test_an_unknown_named_user_is_refused_with_advice(monkeypatch, tmp_path):
    monkeypatch.setenv("FIRSTHAND_PG_USER", "no-such-user")
    with pytest.raises(CannotStart, match="useradd"):
        Server(tmp_path / "home").ensure()


def uses(folder) -> str:
    """Start, use and leave the server, as an ordinary user does."""
    server = Server(folder, forgetful=True)
    server.ensure()
    with server.connect() as connection:
        name = connection.execute("SELECT current_user").fetchone()[0]
    server.release()
    return name


@as_root
def test_an_ordinary_user_has_its_own_and_another_is_told_whose_it_is():
    with homes.home() as folder:
        assert homes.become(homes.STRANGER, lambda: uses(folder)) == "firsthand"
        assert folder.stat().st_uid == pwd.getpwnam(homes.STRANGER).pw_uid
        folder.chmod(0o777)
        said = homes.become("nobody", lambda: uses(folder))
        assert f"belongs to {homes.STRANGER}, and you are nobody" in said


@as_root
def test_a_user_without_a_name_is_told_what_to_do():
    with homes.home() as folder:
        said = homes.become(54321, lambda: uses(folder))
        assert said.startswith("CannotStart: User number 54321 has no name on this machine")
        assert "useradd" in said


@as_root
def test_a_home_that_the_servers_user_cannot_reach_is_named(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(CannotStart, match="may not enter"):
        Server(closed / "home").ensure()


@as_root
@pytest.mark.chaos
def test_programs_that_the_servers_user_cannot_reach_are_copied(monkeypatch):
    """A checkout under /root, for one."""
    monkeypatch.setattr(programs, "may_enter", lambda path, owner: False)
    with homes.home() as folder:
        server = Server(folder, forgetful=True)
        server.ensure()
        running = os.readlink(f"/proc/{homes.postmaster(server)}/exe")
        assert running.startswith(str(folder / "programs-"))


def test_a_folder_of_the_socket_that_belongs_to_another_is_not_used(tmp_path):
    with homes.home("long" * 50) as folder:
        server = Server(folder, forgetful=True)
        server.places.socket.symlink_to(tmp_path)
        try:
            with pytest.raises(CannotStart, match="belongs to another user"):
                server.ensure()
        finally:
            server.places.socket.unlink()


def test_a_folder_that_cannot_be_written_is_named():
    from django.core.exceptions import ImproperlyConfigured

    with pytest.raises(ImproperlyConfigured, match="FIRSTHAND_HOME"):
        Server("/proc/firsthand").ensure()


def test_only_root_lends():
    mine = Owner("me", os.geteuid(), os.getegid(), borrowed=False)
    assert mine.becomes == {}
    assert mine.logins == ["me"]
