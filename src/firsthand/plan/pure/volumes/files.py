"""A file as it arrives: its bytes as text, what to show of it, and a mapping that can be kept as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from itertools import islice
from typing import Any

from firsthand.plan.pure.volumes import cells, columns
from firsthand.plan.pure.volumes.faults import Wrong

ALL = "*"  # the one queue of a file that names none
SHOWN = 61  # the head and what is looked at to guess
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")  # xlsx, xls, pdf, gzip
NO_TEXT = ("a spreadsheet or an archive", "no text")


def decoded(data: bytes) -> tuple[str, str]:
    """The text and how it was written: UTF-8, UTF-16 with its mark, or what Windows writes in western Europe."""
    if data.startswith(_BINARY):
        raise UnicodeDecodeError("text", b"", 0, 1, NO_TEXT[0])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16"), "utf-16"
    if b"\0" in data[:10_000]:
        raise UnicodeDecodeError("text", b"", 0, 1, NO_TEXT[1])
    try:
        return text(data, "utf-8-sig"), "utf-8-sig"
    except UnicodeDecodeError:
        return text(data, "cp1252"), "cp1252"


def text(data: bytes, encoding: str) -> str:
    """Windows has bytes that stand for nothing: they become question marks, and a fault if they are in a number."""
    read = data.decode(encoding, "replace" if encoding == "cp1252" else "strict")
    return read.replace("\0", "\N{REPLACEMENT CHARACTER}")


def lines(text: str) -> io.StringIO:
    """A quoted cell may hold a line break: the reader wants the ends of lines as they are."""
    return io.StringIO(text, newline="")


def head(text: str) -> list[str]:
    return list(islice(lines(text), SHOWN))


def kept(mapping: columns.Mapping) -> dict[str, Any]:
    """As JSON; the samples go with it, for the next page."""
    return asdict(mapping)


def restored(kept: Mapping[str, Any]) -> columns.Mapping:
    samples = tuple(tuple(row) for row in kept.get("samples", ()))
    return columns.Mapping(**{**kept, "head": tuple(kept.get("head", ())), "samples": samples})


def changed(mapping: columns.Mapping, chosen: Mapping[str, Any]) -> columns.Mapping:
    """`chosen`: field → place of its column or None, and further fields of the mapping by name."""
    places = {of: chosen[of] for of in columns.FIELDS if chosen.get(of) is not None}
    rest = {
        name: chosen[name] for name in ("decimal", "order", "aht_unit", "missing_is_zero") if name in chosen
    }
    if "start" in places:
        places.pop("date", None)
        places.pop("time", None)
    return replace(mapping, columns=places, queue="", **rest)


def of_one_queue(mapping: columns.Mapping) -> columns.Mapping:
    return replace(mapping, queue=ALL)


def names(text: str, mapping: columns.Mapping) -> list[tuple[str, str]]:
    """Every pair of queue and language in the file, written as `read` gives them back, in order."""
    at = mapping.columns
    queue, language = at.get("queue"), at.get("language")
    if queue is None and language is None:
        return [(mapping.queue, "")]
    found = {
        (row[queue] if queue is not None else mapping.queue, row[language] if language is not None else "")
        for row in _rows(text, mapping, max(queue or 0, language or 0))
    }
    plain = {(" ".join(name.split())[:80], _language(said)) for name, said in found}
    return sorted(one for one in plain if one[0])


def _rows(text: str, mapping: columns.Mapping, last: int) -> Iterator[list[str]]:
    rows = csv.reader(lines(text), delimiter=mapping.delimiter)
    try:
        yield from (row for row in rows if rows.line_num > mapping.above + 1 and len(row) > last)
    except csv.Error:
        return  # the check says where


def _language(said: str) -> str:
    try:
        return cells.language(said.strip()) if said.strip() else ""
    except Wrong:
        return ""


def language_in(name: str) -> str:
    """“Hotline DE”, “Service français”: the language that a queue's name gives away."""
    found = {_language(word) for word in name.replace("_", " ").replace("-", " ").split()}
    known = found & set(cells.LANGUAGES.values())
    return known.pop() if len(known) == 1 else ""
