"""`firsthand demo` as a whole: it comes up, survives whatever is killed, and leaves nothing behind."""

import time

import pytest

from tests.config import homes
from tests.config.house import standing

pytestmark = pytest.mark.chaos


@pytest.fixture(scope="module")
def house():
    with standing() as house:
        yield house


def members(house) -> int:
    with house.server.connect() as connection:
        return connection.execute("SELECT count(*) FROM members_member").fetchone()[0]


def test_the_first_page_is_there_and_says_who_one_may_be(house):
    assert house.page() == 200
    assert "Ada Lindner" in house.said()
    assert members(house) == 2000


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_killed_child_is_started_again(house, command):
    killed = house.child(command)
    killed.kill()
    homes.until(lambda: _other(house, command, killed.pid), 30)
    homes.until(lambda: house.page() == 200, 30)


def _other(house, command: str, number: int) -> bool:
    try:
        return house.child(command).pid != number
    except StopIteration:
        return False


def test_a_killed_database_comes_back_by_itself(house):
    homes.kill_postmaster(house.server)
    homes.until(lambda: not house.server.gone(), 30)  # by the supervisor, or by a child that just begins
    homes.until(lambda: house.page() == 200, 15)
    assert members(house) == 2000


def clock_runs(house) -> bool:
    with house.server.connect() as connection:
        asked = "SELECT FROM pg_stat_activity WHERE application_name = 'firsthand chores'"
        return connection.execute(asked).rowcount == 1


def test_without_a_database_pages_say_so_and_recover(house):
    homes.until(lambda: clock_runs(house), 60)
    with house.no_database():
        began = time.monotonic()
        answers = []
        while time.monotonic() - began < 10:
            asked = time.monotonic()
            answers.append(house.page())
            assert time.monotonic() - asked < 8  # said, not left hanging
        assert set(answers) == {503}
    homes.until(lambda: house.page() == 200, 15)
    homes.until(lambda: "the database is back" in house.said(), 15)  # the worker's clock too


def test_killed_from_above_it_leaves_nothing_running_and_starts_again_with_its_data(house):
    children = [house.child("serve"), house.child("worker")]
    house.process.kill()
    house.process.wait()
    homes.until(lambda: not any(homes.runs(child.pid) for child in children), 20)
    house.log.write_text("")
    house.start()
    assert house.page() == 200
    assert members(house) == 2000


def test_a_second_house_on_the_same_port_is_refused_in_words(house):
    other = type(house)(house.folder)
    other.port, other.log = house.port, house.folder.parent / "other.log"
    with pytest.raises(AssertionError, match=f"Port {house.port} is in use"):
        other.start()


def test_asked_to_end_it_stops_everything(house):
    children = [house.child("serve"), house.child("worker")]
    assert house.stop() == 0
    assert not any(homes.runs(child.pid) for child in children)
    assert house.page() == 0
    assert house.server.gone()
    assert not house.server.places.pidfile.exists()
    assert "Traceback" not in house.said()
