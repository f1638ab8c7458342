"""What a word is, alone, without the text it stood in: looked up once, then remembered."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen import dates, features, meaning, roles, sense, stored, typos

# So many words of a language are remembered with what they mean.
REMEMBERED = 30_000
LONGEST = 60  # letters; what is longer is no word
NONE = frozenset[int]()
# A set of small numbers as one number: those of all words of a sentence are joined faster.
Bits = int


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    category: Category
    lang: str  # only in notes of this language; empty = in all
    parts: tuple[tuple[int, int], ...]  # element as it is counted in "beside", gap before it
    anchor: int  # the part that is looked for first; it is not counted
    beside: int  # the element that is looked for next, the rarest of the others
    anyhow: bool
    calm: bool
    weak: bool
    others: Bits  # the elements of its other parts: where one is nowhere near, the rule cannot fit
    heard: tuple[str, ...]  # what it counts for in its clause (`sense.py`)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    elements: frozenset[int]  # those that longer rules look for beside another word
    bits: Bits  # the same
    single: tuple[Rule, ...]  # rules of this word alone
    longer: dict[Bits, list[Rule]]  # rules that are looked for where it stands, by the bit of one beside it
    wanted: Bits  # all of these: without any of them none of the rules fits
    flags: int  # what it can be in a name (`roles.py`)
    telling: bool  # tells something without another word: then it is no name
    named: bool  # a name may begin here
    placed: bool  # an address may stand here
    short: str  # as it counts in a pair
    weighs: sense.Lanes  # in its clause and in those beside it
    opening: sense.Lanes  # at the beginning of a clause
    after: dict[str, sense.Lanes] | None  # with the word behind it
    digit: bool  # a run of digits
    born: bool  # says that a date is one of birth
    rare: bool  # one of named, placed, digit, born
    road: str  # the ending of a street: "weg"


Stem = tuple[str, bool, bool, int]  # its letters, whether a word must begin or end with it, its element


@dataclass(slots=True)
class Lexicon:
    tables: dict[str, dict[str, str]]
    roles: dict[str, int]
    weights: sense.Weights
    meaning: dict[str, dict[str, str]]
    remembered: dict[str, dict[str, Known]] = field(default_factory=dict)
    rules: dict[int, tuple[Rule, ...]] = field(default_factory=dict)
    stems: dict[str, tuple[Stem, ...]] = field(default_factory=dict)  # read once each, as they come up
    somebody: Known = field(init=False)

    def __post_init__(self) -> None:
        self.somebody = nobody(self.weights)

    def known(self, said: Sequence[str], lang: str) -> list[Known]:
        remembered = self.remembered.setdefault(lang, {})
        try:
            return list(map(remembered.__getitem__, said))
        except KeyError:
            return [self._remembered(word, lang) for word in said]

    def _remembered(self, word: str, lang: str) -> Known:
        remembered = self.remembered[lang]
        one = remembered.get(word)
        if one is None:
            if len(remembered) >= REMEMBERED:
                remembered.clear()
            one = remembered[word] = self._known(word, lang)
        return one

    def _known(self, word: str, lang: str) -> Known:
        elements = self.elements(word)
        rules = [rule for one in sorted(elements) for rule in self._rules(one) if rule.lang in ("", lang)]
        flags = self.roles.get(word, 0)
        named = roles.begins(flags) or (not flags and len(word) == 1)
        digit, born = word[0].isdecimal(), dates.born(word)
        placed = word[0].isdigit() or roles.street(word)
        short, beside = features.short(word), self.tables["beside"]
        looked = frozenset(int(beside[str(one)]) for one in elements if str(one) in beside)
        longer: dict[Bits, list[Rule]] = {}
        for rule in rules:
            if len(rule.parts) > 1:
                longer.setdefault(1 << rule.beside, []).append(rule)
        return Known(
            looked or NONE,
            bits(looked),
            tuple(rule for rule in rules if len(rule.parts) == 1),
            longer,
            sum(longer),  # each is one bit
            flags,
            any(str(one) in self.tables["alone"] for one in elements),
            named,
            placed,
            short,
            self.weights.together(self.features(word, lang, elements, flags)),
            self.weights.of("0 " + short),
            self.weights.after(short),
            digit,
            born,
            named or placed or digit or born,
            roles.road(word),
        )

    def features(self, word: str, lang: str, elements: Iterable[int], flags: int) -> list[str]:
        """What the word counts for in `sense.py`."""
        hints = {kind for one in elements for kind in self.tables["hints"].get(str(one), "").split()}
        name = bool(flags & roles.NAME) and not flags & roles.ORDINARY
        means = meaning.fields(word, self.meaning.get(lang, {}))
        return list(features.of_word(word, roles.features(flags), sorted(hints), means, name=name))

    def elements(self, word: str) -> frozenset[int]:
        """The elements of rules that the word fits."""
        exact, starts, stems = self.tables["exact"].get, self.tables["starts"].get, self.tables["stems"]
        found = set(map(int, exact(word, "").split()))
        found.update(map(int, starts(word[:3], "").split()))
        length = len(word)
        if 4 <= length <= LONGEST:
            for at in range(length - 3):
                letters = word[at : at + 4]
                if letters not in stems:
                    continue
                for stem, begins, ends, element in self.stems.get(letters) or self._stems(letters):
                    fits = word.startswith(stem, at) and not (begins and at)
                    if fits and not (ends and at + len(stem) != length):
                        found.add(element)
        if not found and 8 <= length <= 40:
            heads, tails = (self.tables[name] for name in ("heads", "tails"))
            found.update(typos.elements(word, lambda key: heads.get(key, ""), lambda key: tails.get(key, "")))
        return frozenset(found)

    def _stems(self, letters: str) -> tuple[Stem, ...]:
        rows = (row.split(",") for row in self.tables["stems"][letters].split())
        made = tuple((stem, marks in "13", marks in "23", int(element)) for stem, marks, element in rows)
        self.stems[letters] = made
        return made

    def _rules(self, element: int) -> tuple[Rule, ...]:
        made = self.rules.get(element)
        if made is None:
            rows = self.tables["rules"].get(str(element), "")
            made = self.rules[element] = tuple(_rule(row) for row in rows.split("|") if row)
        return made


def bits(numbers: Iterable[int]) -> Bits:
    joint = 0
    for one in numbers:
        joint |= 1 << one
    return joint


def _rule(row: str) -> Rule:
    category, lang, anchor, beside, marks, *said = row.split()
    parts = tuple((int(element), int(gap)) for element, _, gap in (one.partition(":") for one in said))
    heard = "calm" if "c" in marks else "weak" if "w" in marks else "word" if len(parts) == 1 else "phrase"
    return Rule(
        Category(category),
        "" if lang == "-" else lang,
        parts,
        int(anchor),
        parts[int(beside)][0],
        "a" in marks,
        "c" in marks,
        "w" in marks,
        bits(element for at, (element, _) in enumerate(parts) if at != int(anchor)),
        (f"!{heard} {category}", f"!{heard}"),
    )


def nobody(weights: sense.Weights) -> Known:
    """What stands for a name, a number or an address where its clause is weighed."""
    weighs, opening = weights.of(features.WHO), weights.of(f"0 {features.SOMEBODY}")
    short, after = features.SOMEBODY, weights.after(features.SOMEBODY)
    return Known(
        NONE, 0, (), {}, 0, 0, False, False, False, short, weighs, opening, after, False, False, False, ""
    )


_instead: list[Lexicon] = []


@contextmanager
def instead(other: Lexicon) -> Iterator[None]:
    """Another one for a while: what was learned on some notes is measured on others."""
    _instead.append(other)
    try:
        yield
    finally:
        _instead.pop()


def load() -> Lexicon:
    return _instead[-1] if _instead else _stored()


@lru_cache(maxsize=1)
def _stored() -> Lexicon:
    tables = stored.tables()
    return Lexicon(tables["phrases"], tables["roles"], sense.read(), tables["meaning"])
