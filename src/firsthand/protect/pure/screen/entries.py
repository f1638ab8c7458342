"""How a line of the lexicon is written, and what it becomes.

    scheid*             words that begin with it          *scheidung   that end with it
    *scheid*            words that hold it
    depressiv~          with any ending of its language   lebt/leben   either word
    trinkt wieder       one beside the other              hand .. erhoben   up to four words between
    hand & erhoben      both in one clause, in any order  <kin>        a class of words (classes.txt)
    =die                only in notes of this language
    -krankenkass*       no alarm, whatever else matches here
    ?durchgebrannt      only as one word among others of its clause (sense.py)

Entries of a line are divided by commas; "#" begins a comment.
"""

import re
from dataclasses import dataclass

ENDINGS = {
    "de": (
        "",
        "e",
        "en",
        "er",
        "es",
        "em",
        "n",
        "s",
        "ere",
        "eren",
        "erer",
        "t",
        "te",
        "ten",
        "in",
        "innen",
        "st",
    ),
    "fr": ("", "e", "s", "es", "x", "ee", "ees", "er", "ent", "ait", "t", "nt", "ne", "nes", "le", "les"),
    "it": ("", "o", "a", "i", "e", "io", "ia", "ie", "hi", "he", "ta", "to", "ti", "te", "re"),
    "en": ("", "s", "es", "d", "ed", "ing", "er", "ers", "ly"),
}
GAP = {"..": 4, "...": 9}
_INSIDE = re.compile(r"(?<=\w)['’.-]+(?=\w)|(?<=\w)\.+(?=\s|$)")
_SHORT = re.compile(r"(?<![\w*])(\w{1,2})\*")
_EITHER = re.compile(r"\s*&\s*")


@dataclass(frozen=True, slots=True)
class Part:
    element: str  # as written; the same text is the same element in every rule of a language
    gap: int  # how many words may stand before it


@dataclass(frozen=True, slots=True)
class Entry:
    parts: tuple[Part, ...]
    anyhow: bool  # in any order
    only: bool  # only in notes of this language
    calm: bool
    weak: bool


def entries(text: str) -> list[Entry]:
    found = []
    for line in text.splitlines():
        for said in line.partition("#")[0].split(","):
            if said := said.strip():
                found += entry(said)
    return found


def entry(said: str) -> list[Entry]:
    only, calm, weak = (said[0] == sign for sign in "=-?")
    body = _parted(said[1:].strip() if only or calm or weak else said)
    if "&" in body:
        return [Entry(parts, True, only, calm, weak) for parts in _anyhow(_EITHER.split(body))]
    found: list[Part] = []
    gap = 0
    for word in body.split():
        if word in GAP:
            gap = GAP[word]
        else:
            found.append(Part(word, gap))
            gap = 0
    return [Entry(tuple(found), False, only, calm, weak)]


def _parted(body: str) -> str:
    """ "can't", "mother-in-law", "mort-né*" are several words, as they are in a text."""
    parted = _INSIDE.sub(" ", body)
    return body if parted == body else _SHORT.sub(r"\1~", parted)


def _anyhow(elements: list[str]) -> list[tuple[Part, ...]]:
    """Of alternatives those of several words ("kontakt & keinen/nicht mehr") become an entry of their own."""
    made: list[list[str]] = [[]]
    for element in elements:
        single = "/".join(form for form in element.split("/") if " " not in form.strip())
        ways = [[single]] if single else []
        ways += [form.replace("..", "").split() for form in element.split("/") if " " in form.strip()]
        made = [[*before, *way] for before in made for way in ways]
    return [tuple(Part(word, 0) for word in way) for way in made]
