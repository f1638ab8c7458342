"""A text as words, with what stands between them."""

import re
from dataclasses import dataclass, field

WORD = re.compile(r"[^\W\d_]+|\d+")
# What may stand between two words: nothing that divides (0), a comma (1), the end of a sentence (2).
NONE, SOFT, HARD = 0, 1, 2
_JOINS = frozenset({"", " ", "-", "'", "  ", "/", '"', ' "', '" ', "' ", " '"})
# After these a dot ends no sentence.
_SHORT = frozenset(
    [
        "dr",
        "med",
        "prof",
        "fr",
        "hr",
        "sig",
        "ssa",
        "geb",
        "nr",
        "no",
        "tel",
        "st",
        "str",
        "av",
        "ch",
        "rte",
        "bd",
        "bzgl",
        "bzw",
        "ca",
        "inkl",
        "exkl",
        "evtl",
        "ggf",
        "vgl",
        "abs",
        "art",
        "usw",
        "resp",
        "mme",
        "mlle",
        "mr",
        "mrs",
        "ms",
        "etc",
        "ev",
        "lic",
        "phil",
        "dipl",
        "ing",
        "rue",
        "jg",
        "betr",
        "wg",
        "zb",
        "natel",
        "mob",
        "kl",
        "gr",
        "num",
        "pol",
        "ahv",
        "inc",
        "vers",
        "sog",
        "zw",
        "ehem",
        "verh",
        "gesch",
        "led",
        "verst",
        "fam",
        "ref",
        "dat",
        "tgl",
        "wo",
        "mt",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "okt",
        "nov",
        "dez",
        "dec",
        "env",
        "janv",
        "fevr",
        "avr",
        "juil",
        "sett",
        "gen",
        "mag",
        "giu",
        "lug",
        "ago",
        "ott",
        "dic",
        "approx",
        "min",
        "max",
        "vorm",
        "nachm",
        "tef",
    ]
)


_TIMES = frozenset(
    [
        "mt",
        "wo",
        "tg",
        "std",
        "min",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "okt",
        "nov",
        "dez",
        "dec",
        "oct",
        "sem",
    ]
)


@dataclass(slots=True)
class Words:
    """Parallel lists, for speed: the folded word, where it begins and ends, what divides it from the
    one before.
    """

    said: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.said)


def words(folded: str, original: str) -> Words:
    found = Words()
    said, starts, ends, breaks = found.said, found.starts, found.ends, found.breaks
    end = 0
    for match in WORD.finditer(folded):
        start = match.start()
        between = folded[end:start]
        if between in _JOINS:
            breaks.append(NONE)
        else:
            division = _divides(between, said[-1] if said else "")
            if division == NONE and original[start].isupper() and "." in between and _closes(said):
                division = HARD
            breaks.append(division)
        said.append(match.group())
        starts.append(start)
        end = match.end()
        ends.append(end)
    return found


def _closes(said: list[str]) -> bool:
    """A date or a span of time before a capital ends a sentence: "bis 3.12. Hat …", "seit 6 Mt. Sie …"."""
    if said[-1].isdigit():
        return len(said) > 1 and said[-2].isdigit()
    return said[-1] in _TIMES


def _divides(between: str, before: str) -> int:
    if not before or "\n" in between or "\r" in between:
        return HARD
    if any(mark in between for mark in "!?;:…|•*"):
        return HARD
    if "." in between:
        short = before in _SHORT or len(before) == 1 or before.isdigit() or before.endswith("str")
        return NONE if short else HARD
    return SOFT if any(mark in between for mark in ",()[]") or " -" in between or "=>" in between else NONE
