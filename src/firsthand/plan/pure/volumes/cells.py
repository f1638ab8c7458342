"""One cell: a count, a duration, a day, a time, a language. As spreadsheets of four countries write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from firsthand.plan.pure.volumes.faults import Wrong

MOST_CALLS = 1_000_000  # in one interval
MOST_SECONDS = 86_400
_SPACES = re.compile(r"[\s'\N{RIGHT SINGLE QUOTATION MARK}]")  # thousands, as Swiss and French write them
_DAY = re.compile(r"(\d{1,4})[-./ ](\d{1,2})[-./ ](\d{1,4})\.?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,]0+)?)?|h)?\s*([aApP]\.?[mM]\.?)?")
_OFFSET = re.compile(r"\s*(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)$")
_BETWEEN = re.compile(r"\s*(?:-|\N{EN DASH}|\bbis\b|\bto\b)\s*")
LANGUAGES = {
    name: code
    for code, names in {
        "de": "de d dt deu ger deutsch german allemand tedesco",
        "fr": "fr f fra fre franzosisch franzoesisch french francais francese",
        "it": "it i ita italienisch italian italien italiano",
        "en": "en e eng englisch english anglais inglese",
        "rm": "rm roh ratoromanisch romansh romanche romancio rumantsch",
    }.items()
    for name in names.split()
}


class Moment(NamedTuple):
    """A local time: `second` is set if the clock shows it twice and the file does not say which."""

    start: int  # seconds since 1970, UTC
    second: int | None
    day: int  # date.toordinal(), local
    minute: int  # of the local day
    length: int  # minutes, if the cell says from–to; else 0


def count(text: str, column: str, decimal: str) -> int:
    if text.isdecimal() and text.isascii() and len(text) < 8:
        value = int(text)
    else:
        number_ = number(text, column, decimal)
        if number_ != (value := int(number_)):
            raise Wrong("not_whole", column=column, value=text)
    if value > MOST_CALLS:
        raise Wrong("too_large", column=column, value=text)
    return value


def number(text: str, column: str, decimal: str) -> float:
    """0 or more. Thousands may be set apart by ', a space, or the sign that is not the decimal's."""
    bare = _SPACES.sub("", text)
    thousands = "." if decimal == "," else ","
    if thousands in bare:
        if not re.fullmatch(rf"[-+]?\d{{1,3}}(\{thousands}\d{{3}})+(\{decimal}\d+)?", bare):
            raise Wrong("not_a_number", column=column, value=text)
        bare = bare.replace(thousands, "")
    bare = bare.replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if len(bare) > 20 or not re.fullmatch(r"[-+]?(\d+(\.\d*)?|\.\d+)", bare, re.ASCII):
        raise Wrong("not_a_number", column=column, value=text)
    value = float(bare)
    if value < 0:
        raise Wrong("negative", column=column, value=text)
    return value


def seconds(text: str, column: str, decimal: str, unit: float = 1) -> float:
    """A duration in seconds: a number times `unit`, or h:mm:ss, or mm:ss."""
    if ":" in text:
        parts = text.split(":")
        if len(parts) > 3 or not all(part.isdecimal() and part.isascii() for part in parts):
            raise Wrong("not_a_number", column=column, value=text)
        value = float(sum(int(part[:6]) * 60**place for place, part in enumerate(reversed(parts))))
    else:
        value = number(text, column, decimal) * unit
    if value > MOST_SECONDS:
        raise Wrong("too_large", column=column, value=text)
    return value


def language(text: str) -> str:
    plain = bare(text)
    if plain in LANGUAGES:
        return LANGUAGES[plain]
    if len(plain) == 2 and plain.isalpha():
        return plain
    if plain[:2] in ("de", "fr", "it", "en", "rm") and re.fullmatch(r"[a-z]{2}[-_][A-Za-z]{2}", text.lower()):
        return plain[:2]
    raise Wrong("unknown_language", value=text)


def bare(text: str) -> str:
    """Letters and digits only, small, without accents."""
    import unicodedata

    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if letter.isalnum() and letter.isascii())


def moment(day: str, time: str, order: str, zone: tzinfo) -> Moment:
    """`day` and `time`, as the file writes them, in `zone` unless an offset stands beside."""
    text = f"{day} {time}".strip()
    if len(text) > 60:
        raise Wrong("not_a_time", value=text[:60])
    offset = _OFFSET.search(time) if len(time) > 5 else None
    first, *until = _BETWEEN.split(time[: offset.start()] if offset else time)
    at = clock(first, text)
    try:
        local = datetime.combine(_day(day, order, text), datetime.min.time()) + timedelta(minutes=at)
    except OverflowError:
        raise Wrong("not_a_time", value=text) from None
    length = (clock(until[0], text) - at) % 1440 if len(until) == 1 else 0
    if offset:
        fixed = datetime.strptime(offset[1].replace("Z", "+0000").replace(":", ""), "%z").tzinfo
        shown = local.replace(tzinfo=fixed).astimezone(zone)
        return Moment(int(shown.timestamp()), None, shown.toordinal(), shown.hour * 60 + shown.minute, length)
    return _placed(local, zone, text)._replace(length=length)


def day_first(text: str) -> tuple[str, str]:
    """A cell that holds both: the day, and the rest."""
    text = text.strip()
    if "T" in text[8:11]:
        return text.split("T", 1)[0], text.split("T", 1)[1]
    day, _, clock = text.partition(" ")
    return day.rstrip(","), clock.strip()


def _placed(local: datetime, zone: tzinfo, text: str) -> Moment:
    first = local.replace(tzinfo=zone).astimezone(UTC)
    second = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first != second and first.astimezone(zone).replace(tzinfo=None) != local:
        raise Wrong("no_such_time", value=text)
    twice = int(second.timestamp()) if first != second else None
    return Moment(int(first.timestamp()), twice, local.toordinal(), local.hour * 60 + local.minute, 0)


def _day(text: str, order: str, whole: str) -> date:
    if re.fullmatch(r"\d{8}", text, re.ASCII):
        parts, order = [text[:4], text[4:6], text[6:]], "ymd"
    elif found := _DAY.fullmatch(text.strip()):
        parts = list(found.groups())
        order = "ymd" if len(parts[0]) == 4 else order if order != "ymd" else "dmy"
    else:
        raise Wrong("not_a_time", value=whole)
    written = dict(zip(order, parts, strict=True))
    numbers = {name: int(part) for name, part in written.items()}
    year = numbers["y"] + (2000 if len(written["y"]) == 2 else 0)
    if not 1990 <= year <= 2100:
        raise Wrong("not_a_time", value=whole)
    try:
        return date(year, numbers["m"], numbers["d"])
    except ValueError:
        raise Wrong("not_a_time", value=whole) from None


def clock(text: str, whole: str) -> int:
    """Minutes since midnight. Seconds other than 0 are on no grid."""
    text = text.strip()
    if re.fullmatch(r"\d{3,4}", text, re.ASCII):
        text = f"{text[:-2]}:{text[-2:]}"
    found = _CLOCK.fullmatch(text)
    if not found:
        raise Wrong("not_a_time", value=whole)
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            raise Wrong("not_a_time", value=whole)
        hour = hour % 12 + (12 if found[4][0] in "pP" else 0)
    if minute > 59 or second > 59 or hour * 60 + minute > 1440:
        raise Wrong("not_a_time", value=whole)
    if second:
        raise Wrong("not_on_grid", value=whole, minutes=15)
    return hour * 60 + minute
