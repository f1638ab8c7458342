import ipaddress
import ssl
import stat
import subprocess
import sys

import pytest

from firsthand.config import certs


@pytest.fixture(autouse=True)
def _own_home(monkeypatch, tmp_path):
    monkeypatch.setenv("FIRSTHAND_HOME", str(tmp_path))


def handshake(name: str) -> None:
    """A client that trusts the authority, in memory, against the server's certificate."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(*map(str, certs.pair()))
    client = ssl.create_default_context(cafile=str(certs.authority()[0]))
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    here = client.wrap_bio(down, up, server_hostname=name)
    there = server.wrap_bio(up, down, server_side=True)
    for _ in range(4):
        for side in (here, there):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue


@pytest.mark.parametrize("name", ["desk.insurer.example", "10.1.2.3", "localhost", "127.0.0.1"])
def test_whoever_trusts_the_authority_trusts_every_name(name):
    certs.issue(["desk.insurer.example", "10.1.2.3"])
    handshake(name)


def test_another_name_is_not_trusted():
    certs.issue([])
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake("other.example")


def test_the_addresses_of_this_machine_are_in_it():
    certs.issue([])
    assert set(certs.own_names()) <= set(certs.names(certs.pair()[0]))
    assert all(ipaddress.ip_address(name) for name in certs.own_names() if name[:1].isdigit())


def test_a_new_certificate_keeps_the_authority():
    certs.issue([])
    first = certs.authority()[0].read_bytes()
    certs.issue(["new.example"])
    assert certs.authority()[0].read_bytes() == first
    handshake("new.example")


def test_keys_are_for_this_user_alone():
    certs.issue([])
    for key in (certs.pair()[1], certs.authority()[1]):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(certs.folder().stat().st_mode) == 0o700


def test_the_command_says_how_to_trust_it():
    done = subprocess.run(
        [sys.executable, "-m", "firsthand", "certs", "desk.example"],
        capture_output=True,
        text=True,
        check=True,
    )
    for word in ("desk.example", "--tls", "Windows", "macOS", "Android", str(certs.authority()[0])):
        assert word in done.stdout


def test_nonsense_is_no_name():
    done = subprocess.run(
        [sys.executable, "-m", "firsthand", "certs", "a b"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("firsthand: a b is neither")
