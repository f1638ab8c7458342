"""Names of people: a lexicon of given and family names, and the words that stand beside a name.

A capital alone says nothing in German, so an unknown word is a name only after a title or a relative.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen.fold import spellings
from firsthand.protect.pure.screen.found import Span
from firsthand.protect.pure.screen.lexicon import Known
from firsthand.protect.pure.screen.roles import (
    BESIDE,
    DOCTOR,
    FAMILY,
    FAMILY_WORD,
    GIVEN,
    GIVEN_WORD,
    NAME,
    ORDINARY,
    PARTICLE,
    TITLE,
)
from firsthand.protect.pure.screen.words import NONE, Words

LONGEST = 5  # words of a name
# Endings of nouns, not of names: an unknown capitalised word with one of them is no name.
_ENDINGS = """
ung ungen heit keit heiten keiten tion tionen schaft schaften ismus itat taten nisse nis mittel
kosten rechnung karte geld frist fall pramie antrag formular modell kasse praxis therapie arzt
arztin nummer datum monat jahr woche tag tage stelle schein brief vertrag betrag zahlung anruf
gesprach termin schutz dienst amt spital klinik wechsel leistung ologe ologie iker beitrag
gewerbe zweck kunde rat abteilung heim schule verein werk haus gruppe zentrum
versicherer login portal zeit bescheid ment zettel lohn konto kind mutter vater mann frau
"""
_NOUN = tuple(_ENDINGS.split())
_QUOTES = frozenset(['"', "«", "„", "“", "‘", "'"])
# "heisst jetzt Nora", "Vorname neu: Leandro"
_BETWEEN = frozenset(
    [
        "jetzt",
        "neu",
        "nun",
        "auf",
        "in",
        "ist",
        "lautet",
        "maintenant",
        "desormais",
        "est",
        "ora",
        "adesso",
        "cambiato",
        "e",
        "now",
        "to",
        "is",
    ]
)


@dataclass(slots=True)
class Text:
    original: str
    words: Words
    known: Sequence[Known]
    rare: Sequence[int]  # where words stand that stand out: no other begins a name or an address
    small: bool  # typed without capitals

    def capital(self, at: int) -> bool:
        return self.original[self.words.starts[at]].isupper()

    def joined(self, at: int) -> bool:
        """Whether the word stands right beside the one before."""
        words = self.words
        if words.breaks[at] != NONE or words.starts[at] - words.ends[at - 1] > 2:
            return False
        gap = self.gap(at)
        if gap == ".":
            return bool(self.known[at - 1].flags & (TITLE | DOCTOR)) or len(words.said[at - 1]) == 1
        return gap in {"", "-", "'", "’", ".-"}

    def gap(self, at: int) -> str:
        return self.original[self.words.ends[at - 1] : self.words.starts[at]].strip()


def names(text: Text) -> Iterator[Span]:
    last = -1
    for at in text.rare:
        if at > last and text.known[at].named and (found := _at(text, at)):
            first, last = found
            start, end = text.words.starts[first], text.words.ends[last]
            yield Span(start, end, Category.NAME, (start, end))


def _at(text: Text, at: int) -> tuple[int, int] | None:
    flag = text.known[at].flags
    if not flag:
        return _initial(text, at)
    if flag & (TITLE | DOCTOR):
        return _after_title(text, at)
    if flag & BESIDE:
        found = _after_relative(text, at)
        if found:
            return found
    if flag & NAME:
        return _by_itself(text, at)
    return None


def _after_title(text: Text, at: int) -> tuple[int, int] | None:
    """ "Frau Dr. med. Huber": from "Dr." on; without a doctor only the name."""
    short = len(text.words.said[at]) <= 2 and not (text.capital(at) or text.small)
    if short and not (at + 1 < len(text.known) and text.gap(at + 1) == "." and text.capital(at + 1)):
        return None
    doctor = at if text.known[at].flags & DOCTOR else -1
    begin = at + 1
    while (
        begin < min(len(text.known), at + LONGEST)
        and text.joined(begin)
        and text.known[begin].flags & (TITLE | DOCTOR)
    ):
        if doctor < 0 and text.known[begin].flags & DOCTOR:
            doctor = begin
        begin += 1
    if begin >= len(text.known) or not text.joined(begin):
        return None
    last = _taken(text, begin, sure=True)
    if last < begin:
        return None
    return (doctor if doctor >= 0 else begin), last


def _after_relative(text: Text, at: int) -> tuple[int, int] | None:
    """ "mein Mann Peter", "Hausarzt Zbinden", "Tochter (Lea)"."""
    begin = at + 1
    while begin < len(text.known) and text.words.said[begin] in _BETWEEN and text.joined(begin):
        begin += 1
    if begin >= len(text.known):
        return None
    gap, flag = text.gap(begin), text.known[begin].flags
    if not (text.joined(begin) or gap in {"(", ":", ","} or gap in _QUOTES):
        return None
    # «Der Knopf heisst „Dokumente“»: what stands in quotes is mostly a button, a letter or a page.
    if (gap == "," and not flag & GIVEN) or (gap in _QUOTES and not flag & NAME):
        return None
    if flag & (TITLE | DOCTOR | BESIDE):
        return None
    last = _taken(text, begin, sure=False)
    return (begin, last) if last >= begin else None


def _by_itself(text: Text, at: int) -> tuple[int, int] | None:
    flag = text.known[at].flags
    if not text.capital(at):
        pair = at + 1 < len(text.known) and text.joined(at + 1) and text.known[at + 1].flags
        known = text.small and flag & GIVEN and pair and pair & (FAMILY | FAMILY_WORD) and not pair & ORDINARY
        return (at, at + 1) if known else None
    last = _taken(text, at, sure=False)
    if last < at:
        return None
    flags = [one.flags for one in text.known[at : last + 1]]
    if last == at:
        alone = flag & (GIVEN | FAMILY) and not flag & (GIVEN_WORD | FAMILY_WORD | ORDINARY)
        return (at, at) if alone and not _acronym(text, at) else None
    sure = any(one & (GIVEN | FAMILY) and not one & ORDINARY for one in flags)
    both = flags[0] & (GIVEN | GIVEN_WORD) and flags[-1] & (FAMILY | FAMILY_WORD)
    return (at, last) if sure or both else None


def _initial(text: Text, at: int) -> tuple[int, int] | None:
    """ "M. Huber", "A.-L. Favre": one letter, a dot and a family name."""
    if len(text.words.said[at]) != 1 or not text.capital(at) or at + 1 >= len(text.known):
        return None
    follows = text.known[at + 1].flags & (FAMILY | FAMILY_WORD) and text.capital(at + 1)
    dotted = text.gap(at + 1) == "." and text.words.breaks[at + 1] == NONE
    return (at, at + 1) if follows and dotted else None


def _taken(text: Text, begin: int, *, sure: bool) -> int:
    """The last word of the name that begins here; before `begin` if none does."""
    last, at = begin - 1, begin
    while at < len(text.known) and at - begin < LONGEST:
        if at > begin and not text.joined(at):
            break
        if text.known[at].flags & PARTICLE and at + 1 < len(text.known) and (at > begin or sure):
            if not (text.joined(at + 1) and text.capital(at + 1)):
                break
            at += 1
            continue
        if not _namelike(text, at, first=at == begin, sure=sure):
            break
        last = at
        at += 1
    return last


def _namelike(text: Text, at: int, *, first: bool, sure: bool) -> bool:
    flag, said = text.known[at].flags, text.words.said[at]
    hyphen = not first and text.gap(at) == "-"
    if not text.capital(at):
        return _small_name(text, at, first=first, sure=sure)
    if flag & NAME:
        return sure or hyphen or not flag & ORDINARY
    if len(said) == 1:
        return sure and first
    if flag & (ORDINARY | TITLE | DOCTOR | BESIDE) or not _unknown(text, at, sure=sure):
        return hyphen and not flag & ORDINARY
    return sure or hyphen or not first or not _acronym(text, at)


def _small_name(text: Text, at: int, *, first: bool, sure: bool) -> bool:
    """A name typed without its capital: a known one, or any word after a title where nothing has capitals."""
    flag, small = text.known[at].flags, text.small and len(text.words.said[at]) > 2
    if not (small or sure) or flag & ORDINARY or not (first or sure):
        return False
    if flag & NAME:
        known = flag & (GIVEN | FAMILY) and not flag & (GIVEN_WORD | FAMILY_WORD)
        return bool(known) or (sure and text.small)
    return sure and small and first and _unknown(text, at, sure=False)


def _unknown(text: Text, at: int, *, sure: bool) -> bool:
    """In no list, no word of the lexicon, no digit, and not with the ending of a noun."""
    said = text.words.said[at]
    return (
        len(said) > 2
        and not said[0].isdigit()
        and not text.known[at].flags
        and not text.known[at].telling
        and (sure or not said.endswith(_NOUN))
        and not _acronym(text, at)
    )


def _acronym(text: Text, at: int) -> bool:
    written = text.original[text.words.starts[at] : text.words.ends[at]]
    return len(written) <= 5 and written.isupper()


def known_names(folded: str, known: Sequence[str]) -> Iterator[Span]:
    """Names that are certain, in any case: the member's own, the helper's."""
    for name in {form for given in known for part in given.split() for form in spellings(part.strip(".,"))}:
        at = folded.find(name) if len(name) > 1 else -1
        while at >= 0:
            end = at + len(name)
            if not (folded[at - 1 : at].isalnum() or folded[end : end + 1].isalnum()):
                yield Span(at, end, Category.NAME, (at, end))
            at = folded.find(name, end)
