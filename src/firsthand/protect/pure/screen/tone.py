"""How a sentence sounds that tells of somebody's life, where no list has its words.

Weights of words, of their beginnings and endings, of pairs, and of what a sentence is made of: how much
oftener they stand where somebody confides than where service is noted. Learned on the project's own notes by
`python -m tests.corpus learn`. Nothing in the table is a sentence, a name or a number.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen.source import HERE

SHORTEST, LONGEST = 3, 12  # words
# Log odds: from which on a sentence is taken for a private one, a weak word is believed, and below which a
# word alone is one of the service.
ENOUGH, PRIVATE, SERVICE = 2.2, 1.0, -4.5
HINT = 0.5  # what a word of the lexicon counts beside the shares
Table = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Tone:
    weights: dict[str, float]
    kinds: dict[str, str]  # feature → what it is about: "debt:0.50 family:0.50"
    after: dict[str, dict[str, float]] = field(default_factory=dict)  # pairs, by their first word

    def __post_init__(self) -> None:
        for feature, weight in self.weights.items():
            one, _, other = feature.partition(" ")
            if other and one != "0":
                self.after.setdefault(one, {})[other] = weight

    def of(self, word: str, roles: Iterable[str]) -> float:
        """What the word weighs by itself, with what it can be besides."""
        return sum(self.weights.get(feature, 0.0) for feature in (*features(word), *roles))

    def opening(self, short: str) -> float:
        """What it weighs that a sentence begins with the word."""
        return self.weights.get("0 " + short, 0.0)

    def base(self, words: int, *, first: bool, last: bool) -> float:
        """What a sentence of so many words weighs; `first`, `last`: the note begins or ends with it."""
        return sum(self.weights.get(feature, 0.0) for feature in place(words, first=first, last=last))

    def about(self, said: Sequence[str], hints: Iterable[Category]) -> Category:
        """What a private sentence is about; `hints` are of words of the lexicon."""
        shares: dict[str, float] = {}
        for feature in (feature for word in said for feature in (word[:5], "~" + word[-5:])):
            for share in self.kinds.get(feature, "").split():
                kind, _, part = share.partition(":")
                shares[kind] = shares.get(kind, 0.0) + float(part)
        for one in hints:
            shares[one] = shares.get(one, 0.0) + HINT
        return Category(max(sorted(shares), key=lambda kind: round(shares[kind], 6), default=Category.FAMILY))


def features(word: str) -> Iterator[str]:
    """The word, its beginning, its ending; of a long one (a compound) more of its end."""
    if word[0].isdigit():
        yield "#"
        return
    yield "=" + word
    yield word[:5]
    if len(word) > 3:
        yield "~" + word[-3:]
    if len(word) > 8:
        yield "~" + word[-5:]


def place(words: int, *, first: bool, last: bool) -> tuple[str, ...]:
    """What a sentence is, beside its words: "!" is every sentence."""
    return (
        "!",
        f"!words{min(words, LONGEST) // 2}",
        "!first" if first else "!later",
        "!last" if last else "!on",
    )


def short(word: str) -> str:
    """The word as it counts in a pair."""
    return "#" if word[0].isdigit() else word[:4]


def pairs(shorts: Sequence[str]) -> Iterator[str]:
    return (one + " " + other for one, other in zip(shorts, shorts[1:], strict=False))


def read() -> tuple[dict[str, float], dict[str, str]]:
    """One feature a line: feature, weight, and what it is about, with tabs between."""
    weights, kinds = {}, {}
    for line in (HERE / "tone.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            feature, weight, about = line.split("\t")
            weights[feature] = float(weight)
            if about:
                kinds[feature] = about
    return weights, kinds
