"""What one page says to another about sound (SDP), read as strictly as the strictest browser.

A page of ours always sends the same shape. What has another was written by somebody else, and is refused.
"""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = (
    16_000  # Chromium's offer for one sound is about 2,700 characters, with every candidate 6,000
)
_LINE = re.compile(r"[a-z]=[\x20-\x7e]*")
# Anything a lenient reader could take for a direction counts as one.
_DIRECTION = re.compile(r"a=\s*(sendrecv|sendonly|recvonly|inactive)\b", re.IGNORECASE)


class BadSdp(ValueError):
    """`code` says why, for the page and the journal; the SDP itself is never kept."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def flows(text: str) -> tuple[bool, bool]:
    """Whether the writer wants to send, and to receive. Raises `BadSdp` unless it is about one sound only."""
    head, *media = _sections(_lines(text))
    if len(media) != 1 or not media[0][0].startswith("m=audio "):
        raise BadSdp("not_one_sound")
    said = (
        _directions(media[0]) or _directions(head) or {"sendrecv"}
    )  # RFC 8866: sendrecv when nothing is said
    return bool(said & {"sendrecv", "sendonly"}), bool(said & {"sendrecv", "recvonly"})


def why_not(text: str, allowed: str) -> str:
    """A code when the SDP asks for more than the direction `allowed`; empty when it may pass."""
    try:
        sends, receives = flows(text)
    except BadSdp as bad:
        return bad.code
    too_much = (sends and "send" not in allowed) or (receives and allowed not in {"sendrecv", "recvonly"})
    return "direction" if too_much else ""


def _lines(text: str) -> list[str]:
    if len(text) > LONGEST:
        raise BadSdp("too_long")
    lines = text.removesuffix("\n").removesuffix("\r").replace("\r\n", "\n").split("\n")
    if lines[0] != "v=0" or not all(_LINE.fullmatch(line) for line in lines):
        raise BadSdp("not_sdp")
    return lines


def _sections(lines: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("m="):
            parts.append([])
        parts[-1].append(line)
    return parts


def _directions(lines: list[str]) -> set[str]:
    return {match[1].lower() for line in lines if (match := _DIRECTION.match(line))}
