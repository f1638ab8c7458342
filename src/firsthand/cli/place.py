"""Where the pages are served: the port, the certificate, the address that people type."""

import argparse
import errno
import os
import socket
import time
from pathlib import Path

from firsthand.cli.halt import Halt
from firsthand.config import certs, env

LOCAL = {"127.0.0.1", "localhost", "::1"}
PATIENCE = 10.0  # seconds for a predecessor that is just ending


def tls(given: argparse.Namespace) -> tuple[Path, Path] | None:
    """Certificate and key: your own by name, else those `firsthand certs` made."""
    own = env.text("FIRSTHAND_TLS_CERT"), env.text("FIRSTHAND_TLS_KEY")
    if not given.tls and not all(own):
        return None
    pair = (Path(own[0]), Path(own[1])) if all(own) else certs.pair()
    for file in pair:
        if not os.access(file, os.R_OK):
            raise Halt(f"The certificate {file} is not there or cannot be read. Make one: firsthand certs")
    return pair


def into_environment(given: argparse.Namespace) -> None:
    """The address and the names follow from host, port and certificate, unless they are set."""
    pair = tls(given)
    names = certs.names(pair[0]) if pair else certs.own_names() if given.host not in LOCAL else []
    first = (
        next((name for name in names if name not in LOCAL), "localhost")
        if given.host not in LOCAL
        else "localhost"
    )
    default = {"http": 80, "https": 443}[scheme := "https" if pair else "http"]
    port = "" if given.port == default else f":{given.port}"
    os.environ.setdefault("FIRSTHAND_ADDRESS", f"{scheme}://{bracketed(first)}{port}")
    os.environ.setdefault("FIRSTHAND_HOSTS", ",".join(bracketed(name) for name in names))


def bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name


def check_port(host: str, port: int) -> None:
    """Nobody else listens there, and we may."""
    deadline = time.monotonic() + PATIENCE
    while (
        (trouble := _cannot_listen(host, port)) == errno.EADDRINUSE
        and _ours(port)
        and time.monotonic() < deadline
    ):
        time.sleep(0.2)
    if trouble == errno.EADDRINUSE:
        raise Halt(
            f"Port {port} is in use by another program. Stop that, or take another port: --port {port + 1}"
        )
    if trouble == errno.EACCES:
        raise Halt(f"You may not listen on port {port}; below 1024 that is root's. Take another: --port 8000")
    if trouble:
        raise Halt(
            f"Nothing can listen on {host}: {os.strerror(trouble)}. Try --host 127.0.0.1 or --host 0.0.0.0"
        )


def _cannot_listen(host: str, port: int) -> int:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(
                socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
            )  # not put off by connections that just ended
            probe.bind(address)
            probe.listen()
    except socket.gaierror:
        return errno.EADDRNOTAVAIL
    except OSError as error:
        return error.errno or errno.EIO
    return 0


def _ours(port: int) -> bool:
    """Children of a killed supervisor, which end within a second; nobody waits for a stranger."""
    import psutil

    for process in psutil.process_iter(["cmdline"]):
        line = process.info["cmdline"] or []
        if "firsthand" in line and "serve" in line and str(port) in line:
            return True
    return False
