"""A text as words, with what stands between them."""

import re
from dataclasses import dataclass
from itertools import accumulate, repeat

WORD = re.compile(r"([^\W\d_]+|\d+)")
_PLAIN = re.compile(r"([a-z]+|[0-9]+)")  # the same where every letter is ASCII, in three quarters of the time
_BEYOND = re.compile(r"[^\x00-\x7f]")
_ENDS = re.compile(r"[\n\r!?;:…|•*]")
_COMMA = re.compile(r"[,()\[\]]| -|=>")
# What may stand between two words: nothing that divides (0), a comma (1), the end of a sentence (2).
NONE, SOFT, HARD = 0, 1, 2
_ASK = 9  # it depends on the words beside it
_KNOWN = {
    **dict.fromkeys(("", " ", "-", "'", "  ", "/", '"', ' "', '" ', "' ", " '"), NONE),
    **dict.fromkeys((", ", ",", " (", ") ", " - "), SOFT),
    **dict.fromkeys((": ", "; ", "! ", "? "), HARD),
}
# After these a dot ends no sentence.
_SHORT = frozenset(
    """
    dr med prof fr hr sig ssa geb nr no tel st str av ch rte bd bzgl bzw ca inkl exkl evtl ggf vgl abs art usw
    resp mme mlle mr mrs ms etc ev lic phil dipl ing rue jg betr wg zb natel mob kl gr num pol ahv inc vers
    sog zw ehem verh gesch led verst fam ref dat tgl wo mt jan feb mar apr jun jul aug sept okt nov dez dec
    env janv fevr avr juil sett gen mag giu lug ago ott dic approx min max vorm nachm tef
    """.split()
)


_TIMES = frozenset(
    """
    mt wo tg std min jan feb mar apr jun jul aug sept okt nov dez dec oct sem
    """.split()
)


@dataclass(slots=True)
class Words:
    """Parallel lists, for speed: the folded word, where it begins and ends, what divides it from the
    one before.
    """

    said: list[str]
    starts: list[int]
    ends: list[int]
    breaks: list[int]
    gaps: list[str]  # what stands before each word, and at last behind all of them


def words(folded: str, original: str) -> Words:
    """`folded` in one cut: what stands between words and the words take turns."""
    # "§", "→", "€" are no letters.
    plain = folded.isascii() or not any(map(str.isalnum, _BEYOND.findall(folded)))
    parts = (_PLAIN if plain else WORD).split(folded)
    said, gaps = parts[1::2], parts[::2]
    places = list(accumulate(map(len, parts)))
    starts, ends = places[:-1:2], places[1::2]
    breaks = list(map(_KNOWN.get, gaps[:-1], repeat(_ASK)))
    if said:
        breaks[0] = NONE if breaks[0] == NONE else HARD
    at = -1
    for _ in range(breaks.count(_ASK)):
        at = breaks.index(_ASK, at + 1)
        breaks[at] = _divides(gaps[at], said, at, original[starts[at]])
    return Words(said, starts, ends, breaks, gaps)


def _divides(between: str, said: list[str], at: int, letter: str) -> int:
    if between != ". ":
        if _ENDS.search(between):
            return HARD
        if "." not in between:
            return SOFT if _COMMA.search(between) else NONE
    before = said[at - 1]
    short = before in _SHORT or len(before) == 1 or before.isdigit() or before.endswith("str")
    if not short or (letter.isupper() and _closes(said[max(0, at - 2) : at])):
        return HARD
    return SOFT if "," in between else NONE  # "per 1.3., sie ist …"


def _closes(before: list[str]) -> bool:
    """A date or a span of time before a capital ends a sentence: "bis 3.12. Hat …", "seit 6 Mt. Sie …"."""
    if before[-1].isdigit():
        return len(before) > 1 and before[-2].isdigit()
    return before[-1] in _TIMES
