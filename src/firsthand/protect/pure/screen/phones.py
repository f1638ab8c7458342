"""Telephone numbers: by their look first, then by the numbering plans that `phonenumbers` knows."""

import re

from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen.found import Span

_LOOK = re.compile(r"\(?(?:\+|00|0)\)?[ ]?\(?\d{1,4}\)?(?:[ ./-]{0,3}\(?\d{1,6}\)?){1,7}(?!\w)")
_TOLD = re.compile(r"\d{2,4}(?:[ ./-]{1,3}\d{2,4}){2,4}(?!\w)|\d{7,12}(?!\w)")
# Free and shared-cost numbers are those of institutions.
_FREE = re.compile(r"\(?(?:0800|00800|08000|0848|0844|0842|0840|0180\d)(?!\d{7})")
# A number without a country is tried in the country of the note's language first.
_REGIONS = {
    "de": ("CH", "DE", "AT", "FR", "IT"),
    "fr": ("CH", "FR", "DE", "IT", "AT"),
    "it": ("CH", "IT", "DE", "FR", "AT"),
    "en": ("CH", "DE", "AT", "FR", "IT"),
}


def phone(folded: str, start: int, cue: Category | None, lang: str) -> Span | None:
    begin = start
    if cue not in (None, Category.PHONE) or folded[begin].isalpha() or _FREE.match(folded, begin):
        return None
    if match := _LOOK.match(folded, begin):
        end = _end(folded, begin, match.end())
        for stop in _stops(folded, begin, end):
            if _exists(folded[begin:stop], lang):
                return Span(begin, stop, Category.PHONE, (begin, stop))
        told = cue is Category.PHONE and _digits(folded[begin:end]) >= 7
        return Span(begin, end, Category.PHONE, (begin, end)) if told else None
    if cue is Category.PHONE and (match := _TOLD.match(folded, begin)):
        return Span(begin, match.end(), Category.PHONE, (begin, match.end()))
    return None


def _end(folded: str, start: int, end: int) -> int:
    while end > start and not folded[end - 1].isdigit():
        end -= 1
    return end


def _stops(folded: str, start: int, end: int) -> list[int]:
    """The whole run, then without its last groups: "044 321 87 65 / 079 …" are two numbers."""
    stops = [end]
    for at in range(end - 1, start + 6, -1):
        if folded[at] in " /" and folded[at - 1].isdigit():
            stops.append(at)
    return stops[:6]


def _digits(written: str) -> int:
    return sum(letter.isdigit() for letter in written)


def _exists(written: str, lang: str) -> bool:
    if not 8 <= _digits(written) <= 16:
        return False
    import phonenumbers

    regions = (None,) if written.lstrip("(").startswith(("+", "00")) else _REGIONS.get(lang, _REGIONS["de"])
    plain = "+" + written.lstrip("(")[2:] if written.lstrip("(").startswith("00") else written
    plain = plain.replace("(0)", "")
    for region in regions:
        try:
            number = phonenumbers.parse(plain, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return True
    return False
