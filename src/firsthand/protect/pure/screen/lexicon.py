"""The lexicon as the screen uses it: for every word the elements it fits, for every element the rules
it begins.
"""

import gc
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from firsthand.protect.pure.categories import CONFIDED, MEDICAL, Category
from firsthand.protect.pure.screen.entries import ENDINGS, Entry, entries
from firsthand.protect.pure.screen.fold import spellings
from firsthand.protect.pure.screen.typos import Near

HERE = Path(__file__).parents[2] / "lexicon"
LANGUAGES = ("de", "fr", "it", "en")
CATEGORIES = sorted(CONFIDED | MEDICAL)
# So many words are remembered with what they mean; alone, without the text they stood in.
REMEMBERED = 30_000
FOREIGN = 8  # letters from which on an entry holds in notes of every language
Elements = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    category: Category
    lang: str  # only in notes of this language; empty = in all
    parts: tuple[tuple[int, int], ...]  # element, gap before it
    anchor: int  # the part that is looked for first
    anyhow: bool
    calm: bool
    elements: frozenset[int]  # all of its parts: where one is nowhere in the text, the rule cannot fit


@dataclass(slots=True)
class Lexicon:
    rules: dict[int, list[Rule]] = field(default_factory=dict)  # by the element of the anchor
    exact: dict[str, list[int]] = field(default_factory=dict)
    # Stems by their first four letters: stem, must begin the word, must end it, element.
    stems: dict[str, list[tuple[str, bool, bool, int]]] = field(default_factory=dict)
    starts: dict[str, list[int]] = field(default_factory=dict)  # the few stems of three letters
    hints: dict[int, set[Category]] = field(default_factory=dict)  # what a word of a longer phrase hints at
    alone: set[int] = field(default_factory=set)  # elements that tell something without another word
    ids: dict[str, int] = field(default_factory=dict)
    near: Near = field(default_factory=Near)
    remembered: dict[str, Elements] = field(default_factory=dict)

    def elements(self, word: str) -> Elements:
        """What the word fits, remembered."""
        found = self.remembered.get(word)
        if found is None:
            found = self._elements(word)
            if len(self.remembered) >= REMEMBERED:
                self.remembered.clear()
            self.remembered[word] = found
        return found

    def _elements(self, word: str) -> Elements:
        found = set(self.exact.get(word, ()))
        found.update(self.starts.get(word[:3], ()))
        length = len(word)
        if 4 <= length <= 60:
            for at in range(length - 3):
                for stem, begins, ends, element in self.stems.get(word[at : at + 4], ()):
                    fits = word.startswith(stem, at) and not (begins and at)
                    if fits and not (ends and at + len(stem) != length):
                        found.add(element)
        if not found and 8 <= length <= 40:
            found.update(self.near.elements(word))
        return tuple(sorted(found))

    def element(self, written: str, lang: str, classes: dict[str, list[str]]) -> int:
        key = f"{lang}:{written}"
        if key not in self.ids:
            number = self.ids[key] = len(self.ids)
            for form in _forms(written, classes):
                self._register(form, number, lang)
        return self.ids[key]

    def _register(self, form: str, number: int, lang: str) -> None:
        begins, ends = not form.startswith("*"), not form.endswith("*")
        for stem in spellings(form.strip("*~")):
            if form.endswith("~"):
                for ending in ENDINGS[lang]:
                    self.exact.setdefault(stem + ending, []).append(number)
                self.near.add(stem, number, whole=False)
            elif begins and ends:
                self.exact.setdefault(stem, []).append(number)
                self.near.add(stem, number, whole=True)
            else:
                if len(stem) == 3 and begins:
                    self.starts.setdefault(stem, []).append(number)
                    continue
                if len(stem) < 4:
                    raise ValueError(
                        f"“{form}”: a stem with a star has three letters or more, inside a word four"
                    )
                self.stems.setdefault(stem[:4], []).append((stem, begins, ends, number))
                if begins:
                    self.near.add(stem, number, whole=False)

    def add(
        self, found: Iterable[Entry], category: Category, lang: str, classes: dict[str, list[str]]
    ) -> None:
        for entry in found:
            parts = tuple((self.element(part.element, lang, classes), part.gap) for part in entry.parts)
            anchor = 0
            if len(parts) > 1:
                anchor = max(range(len(parts)), key=lambda at: _weight(entry.parts[at].element))
            here = lang if entry.only or (category is not Category.MEDICATION and _common(entry)) else ""
            rule = Rule(
                category, here, parts, anchor, entry.anyhow, entry.calm, frozenset(part for part, _ in parts)
            )
            self.rules.setdefault(parts[anchor][0], []).append(rule)
            if len(parts) == 1:
                self.alone.add(parts[0][0])
            for part, (element, _) in zip(entry.parts, parts, strict=True):
                if not entry.calm and not part.element.startswith("<"):
                    self.hints.setdefault(element, set()).add(category)


def _forms(written: str, classes: dict[str, list[str]]) -> Iterable[str]:
    for form in written.split("/"):
        if form.startswith("<"):
            yield from classes[form[1:-1]]
        else:
            yield form


@cache
def _shortest(written: str) -> int:
    return min(len(form.strip("*~")) for form in written.split("/"))


def _common(entry: Entry) -> bool:
    """So short that in another language it may be any word: "sale", "nun", "sonde" hold in their own only."""
    return sum(_shortest(part.element) for part in entry.parts) < FOREIGN


def _weight(written: str) -> tuple[bool, int]:
    """A long word is rare and a class is not: look for the rarest first."""
    return not written.startswith("<"), _shortest(written)


def lines(path: Path) -> list[str]:
    """Words of a plain list, without comments; several may stand on a line."""
    return [
        word.strip()
        for line in path.read_text(encoding="utf-8").splitlines()
        for word in line.partition("#")[0].split(",")
        if word.strip()
    ]


def classes_of(lang: str) -> dict[str, list[str]]:
    """`kin: mann frau tochter …`, one class a line; a later line of the same name adds to it."""
    found: dict[str, list[str]] = {}
    for line in lines(HERE / lang / "classes.txt"):
        name, _, forms = line.partition(":")
        found.setdefault(name.strip(), []).extend(forms.split())
    return found


@lru_cache(maxsize=1)
def load() -> Lexicon:
    lexicon = Lexicon()
    collecting = gc.isenabled()
    gc.disable()  # tens of thousands of small things come and none goes: no rubbish to look for
    try:
        _filled(lexicon)
    finally:
        if collecting:
            gc.enable()
    return lexicon


def _filled(lexicon: Lexicon) -> None:
    for lang in LANGUAGES:
        classes = classes_of(lang)
        for category in CATEGORIES:
            text = (HERE / lang / f"{category}.txt").read_text(encoding="utf-8")
            lexicon.add(entries(text), category, lang, classes)
