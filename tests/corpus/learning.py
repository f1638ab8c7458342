"""Learns, on notes of the corpus, how a private sentence sounds: the table of `pure/screen/tone.py`.

Logistic regression with a quadratic penalty: the weights that make the labels of these notes likeliest without
any of them being large. A sentence is private if more than two fifths of it are labelled as confided or as
health; one with less of a label says neither.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from firsthand.protect.pure.categories import CONFIDED, MEDICAL
from firsthand.protect.pure.screen import roles
from firsthand.protect.pure.screen.fold import fold
from firsthand.protect.pure.screen.lexicon import Lexicon, load
from firsthand.protect.pure.screen.looking import sentences
from firsthand.protect.pure.screen.source import HERE
from firsthand.protect.pure.screen.tone import features, pairs, place
from firsthand.protect.pure.screen.words import words
from tests.corpus.reading import LabelledNote, notes

HEAD = "# CC0-1.0. Own work for Firsthand, learned on tests/corpus by `python -m tests.corpus learn`.\n"
OFTEN = 2  # a feature seen once says nothing
PENALTY = 2.0
SMALLEST = 0.05  # weights below it are left out
LEARNED_FROM = ("build", "check")


@dataclass(frozen=True)
class Example:
    said: Sequence[str]
    features: Counter[str]
    private: bool
    kinds: frozenset[str]


def examples(found: Iterable[LabelledNote], lexicon: Lexicon) -> Iterator[Example]:
    for note in found:
        split = words(fold(note.text).text, note.text)
        known = lexicon.known(split.said, note.lang)
        for begin, end in sentences(split.breaks):
            kinds = _told(note, split.starts[begin], split.ends[end - 1])
            if kinds is None:
                continue
            said = split.said[begin:end]
            shorts = [one.short for one in known[begin:end]]
            counted = Counter(place(len(said), first=begin == 0, last=end == len(known)))
            counted.update(("0 " + shorts[0], *pairs(shorts)))
            for word, one in zip(said, known[begin:end], strict=True):
                counted.update((*features(word), *roles.features(one.flags, len(one.hints))))
            yield Example(said, counted, bool(kinds), frozenset(kinds))


def _told(note: LabelledNote, start: int, end: int) -> set[str] | None:
    """What a sentence confides; None if it is neither private nor free of labels."""
    touched = [span for span in note.spans if span.start < end and start < span.end]
    private = {
        span.category.value
        for span in touched
        if span.category in CONFIDED | MEDICAL
        and min(end, span.end) - max(start, span.start) > 0.4 * (end - start)
    }
    return private if private or not touched else None


def weights(found: Sequence[Example], penalty: float = PENALTY) -> dict[str, float]:
    met = Counter(feature for one in found for feature in one.features)
    names = sorted(feature for feature, often in met.items() if often >= OFTEN)
    place = {feature: at for at, feature in enumerate(names)}
    cells = [
        (row, place[feature], count)
        for row, one in enumerate(found)
        for feature, count in one.features.items()
        if feature in place
    ]
    rows, columns, counts = zip(*cells, strict=True)
    matrix = csr_matrix((counts, (rows, columns)), shape=(len(found), len(names)), dtype=float)
    sign = np.array([1.0 if one.private else -1.0 for one in found])
    free = np.array([name == "!" for name in names])  # how often anything is private is no matter of taste

    def cost(guess: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (matrix @ guess)
        kept = np.where(free, 0.0, guess)
        slope = matrix.T @ (-sign / (1.0 + np.exp(np.clip(margin, -30, 30)))) + penalty * kept
        return float(np.logaddexp(0.0, -margin).sum() + penalty / 2 * kept @ kept), slope

    best = minimize(cost, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return {name: round(float(one), 2) for name, one in zip(names, best, strict=True) if abs(one) >= SMALLEST}


def kinds(found: Sequence[Example]) -> dict[str, str]:
    """What words are about where they stand in private sentences."""
    often, about = Counter[str](), Counter[tuple[str, str]]()
    for one in found:
        if one.private:
            for feature in {part for word in one.said for part in (word[:5], "~" + word[-5:])}:
                often[feature] += 1
                about.update((feature, kind) for kind in one.kinds)
    shares: dict[str, list[str]] = {}
    for (feature, kind), count in sorted(about.items()):
        if often[feature] >= OFTEN:
            shares.setdefault(feature, []).append(f"{kind}:{count / often[feature]:.2f}")
    return {feature: " ".join(said) for feature, said in shares.items()}


def learn() -> None:
    found = list(examples([note for part in LEARNED_FROM for note in notes(part)], load()))
    weight, about = weights(found), kinds(found)
    lines = [
        f"{feature}\t{weight.get(feature, 0.0):.2f}\t{about.get(feature, '')}"
        for feature in sorted({**weight, **about})
        if not any(letter.isdigit() for letter in feature.lstrip("!")) or feature.startswith("!")
    ]
    (HERE / "tone.tsv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
