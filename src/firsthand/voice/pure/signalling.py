"""What a page may send to the page at the other end: shape and size, before anybody looks at the meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from firsthand.voice.pure import sdp

LARGEST: Final = 40_000  # bytes of one request
_CANDIDATES = 30
_CANDIDATE = 500


@dataclass(frozen=True, slots=True)
class Signal:
    to: str  # the role it is for
    instance: str  # the page load that sends it
    for_instance: str  # the page load it is meant for
    epoch: int  # the topology the sender had
    kind: str  # sdp, ice, or again ("your offer came too late, please offer again")
    body: dict[str, Any]


class Malformed(ValueError):
    """Not of the shape our pages send."""


_NAME = re.compile(r"[A-Za-z0-9-]{1,40}")


def named(instance: str) -> str:
    """The name a page load gave itself, if it is one."""
    if _NAME.fullmatch(instance):
        return instance
    raise Malformed


def parse(data: Any) -> Signal:
    match data:
        case {
            "to": str(to),
            "instance": str(instance),
            "for_instance": str(for_instance),
            "epoch": int(epoch),
            "kind": str(kind),
        } if max(len(to), len(instance), len(for_instance)) <= 40:
            return Signal(to, instance, for_instance, epoch, kind, _body(kind, data))
    raise Malformed


def _body(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    match kind, data:
        case "sdp", {"sdp": {"type": "offer" | "answer" as type_, "sdp": str(text)}}:
            # Longer than `sdp.LONGEST` is refused with a reason later; far longer is not even read.
            return {"sdp": {"type": type_, "sdp": text[: sdp.LONGEST + 1]}}
        case "ice", {"candidates": [*candidates]} if len(candidates) <= _CANDIDATES:
            return {"candidates": [_candidate(each) for each in candidates]}
        case "again", _:
            return {}
    raise Malformed


def _candidate(data: object) -> dict[str, Any]:
    match data:
        case {"candidate": str(line), "sdpMid": str(mid), "sdpMLineIndex": 0} if (
            len(line) <= _CANDIDATE and len(mid) <= 16 and line.isascii() and line.isprintable()
        ):
            return {"candidate": line, "sdpMid": mid, "sdpMLineIndex": 0}
    raise Malformed
