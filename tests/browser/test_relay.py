"""With a relay (coturn) neither side learns the other's address. A relay that died is found again."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from firsthand.voice import actions
from tests import world
from tests.browser.ears import figures, heard
from tests.browser.test_voice import open_page, sounds, talking, until  # noqa: F401

SECRET = "geheim-nur-im-test"  # noqa: S105

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not shutil.which("turnserver"), reason="coturn is not installed (apt-get install coturn)"
    ),
]


def own_address() -> str:
    """An address of this machine that is not the loopback: a relay may not send there."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # no packet is sent: the kernel only chooses a way
        return str(probe.getsockname()[0])


class Relay:
    def __init__(self, folder) -> None:
        self.folder, self.address = folder, own_address()
        with socket.socket() as probe:
            probe.bind((self.address, 0))
            self.port = probe.getsockname()[1]

    def start(self) -> None:
        here = [
            "--listening-ip",
            self.address,
            "--relay-ip",
            self.address,
            "--listening-port",
            str(self.port),
        ]
        range_ = ["--min-port", "50000", "--max-port", "50199"]
        trust = ["--use-auth-secret", "--static-auth-secret", SECRET, "--realm", "firsthand"]
        # As in docs/guide/voice.md: it relays to itself and to nobody else.
        only = ["--denied-peer-ip", "0.0.0.0-255.255.255.255", "--allowed-peer-ip", self.address]
        plain = ["--no-tls", "--no-dtls", "--no-cli", "--fingerprint", "--no-multicast-peers"]
        files = [
            "--pidfile",
            str(self.folder / "turn.pid"),
            "--log-file",
            str(self.folder / "turn.log"),
            "--simple-log",
        ]
        self.process = subprocess.Popen(
            [
                "turnserver",
                "-n",
                *here,
                *range_,
                *trust,
                *only,
                *plain,
                *files,
                "--userdb",
                str(self.folder / "turn.db"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def relay(tmp_path) -> Iterator[Relay]:
    turn = Relay(tmp_path)
    turn.start()
    yield turn
    turn.stop()


@pytest.fixture
def pair(house, relay, open_page):  # noqa: F811
    house.start(
        FIRSTHAND_TURN_URLS=f"turn:{relay.address}:{relay.port}?transport=udp", FIRSTHAND_TURN_SECRET=SECRET
    )
    call, leg = actions.start(carrier="browser")
    customer = open_page(leg)
    helper = open_page(actions.join(call, "helper", world.ada(), by=world.ada()))
    until(lambda: talking(customer) and talking(helper), 40)
    return {"customer": customer, "helper": helper}


def test_the_sound_goes_through_the_relay_and_no_address_is_told(pair, relay):
    assert sounds(pair) == {"customer": {"helper"}, "helper": {"customer"}}
    for page in pair.values():
        assert {line["way"] for line in figures(page)["lines"].values()} == {"relay"}
        said = page.evaluate("testLines.at(-1).remoteDescription.sdp")
        candidates = [line for line in said.splitlines() if line.startswith("a=candidate")]
        assert candidates
        assert all(" typ relay " in line for line in candidates)
        # The address a relay tells of itself is its own; where it was reached from is not passed on.
        assert all("raddr 0.0.0.0" in line for line in candidates)


def test_a_relay_that_dies_and_comes_back_is_found_again(pair, relay):
    relay.stop()
    until(lambda: all(heard(page) == set() for page in pair.values()))
    relay.start()
    until(lambda: sounds(pair) == {"customer": {"helper"}, "helper": {"customer"}}, 45)
    time.sleep(1)
    assert sounds(pair) == {"customer": {"helper"}, "helper": {"customer"}}
