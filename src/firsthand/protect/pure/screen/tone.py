"""How a sentence sounds that tells of somebody's life, where no list has its words.

Weights of words and of pairs of words (their first letters), counted on the project's own notes of
`tests/corpus/build`
by `python -m tests.corpus learn`: how much oftener they stand where somebody confides than where
service is noted.
Nothing in the table is a sentence, a name or a number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen.lexicon import HERE

SHORTEST = 3  # words
# So much more likely confided than noted; at this weight 1 of 100 ordinary sentences is taken for a
# private one.
ENOUGH = 13.0
HINT = 0.5  # what a word of the lexicon counts beside the shares
Weighed = tuple[float, dict[Category, float]]


@dataclass(frozen=True, slots=True)
class Tone:
    weights: dict[str, Weighed] = field(default_factory=dict)

    def private(self, said: Sequence[str]) -> bool:
        if len(said) < SHORTEST:
            return False
        weights = self.weights
        return sum(weights[feature][0] for feature in features(said) if feature in weights) >= ENOUGH

    def about(self, said: Sequence[str], hints: Sequence[Category]) -> Category:
        """What a private sentence is about; `hints` are of words of the lexicon."""
        shares: dict[Category, float] = {}
        for feature in features(said):
            for kind, share in self.weights.get(feature, _NOTHING)[1].items():
                shares[kind] = shares.get(kind, 0.0) + share
        for kind in hints:
            shares[kind] = shares.get(kind, 0.0) + HINT
        return max(sorted(shares), key=lambda kind: round(shares[kind], 6), default=Category.FAMILY)


_NOTHING: Weighed = (0.0, {})


def features(said: Sequence[str]) -> set[str]:
    """The beginnings of the words, the ends of long ones (compounds), and pairs."""
    found = {word[:5] for word in said}
    found.update("~" + word[-5:] for word in said if len(word) > 8)
    found.update(f"{one[:4]} {other[:4]}" for one, other in pairs(said))
    return found


def pairs(said: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip(said, said[1:], strict=False)


@lru_cache(maxsize=1)
def tone() -> Tone:
    """One feature a line: feature, weight, and what it is about, with tabs between."""
    weights: dict[str, Weighed] = {}
    for line in (HERE / "tone.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            feature, weight, kinds = line.split("\t")
            parts = (one.split(":") for one in kinds.split(",") if one)
            weights[feature] = float(weight), {Category(kind): float(share) for kind, share in parts}
    return Tone(weights)
