"""Learns, on notes of the corpus, what a clause tells: the weights of `pure/screen/sense.py`.

Multinomial logistic regression with a quadratic penalty: the weights that make the labels of these notes
likeliest without any of them being large. A clause tells what a label says of it that covers two fifths of the
clause or half of the label; a clause with less of a label teaches nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from firsthand.protect.pure.categories import CONFIDED, IDENTIFIERS, MEDICAL, WHO
from firsthand.protect.pure.screen import features, meaning, phrases, sense, source, stored, telling
from firsthand.protect.pure.screen.clauses import clauses
from firsthand.protect.pure.screen.fold import fold
from firsthand.protect.pure.screen.found import Span
from firsthand.protect.pure.screen.lexicon import Known, Lexicon
from firsthand.protect.pure.screen.looking import certain, without
from firsthand.protect.pure.screen.words import Words, words
from tests.corpus import reading
from tests.corpus.reading import LabelledNote, notes

OFTEN = 3  # notes: a feature of fewer says nothing, and might be somebody's own words
PENALTY = 5.0
OF_MANY = 1.5
SCALE = 24  # so many make one in the logarithm of the odds: a byte holds five either way
SMALLEST = 2  # a feature none of whose weights is larger is left out
LEARNED_FROM = ("build", "check")
NOTHING = sense.NOTHING


@dataclass(frozen=True)
class Example:
    note: int
    kind: int  # place in `sense.KINDS`; -1 if it is not said what it tells
    own: Counter[str]
    around: Counter[str]


def examples(found: Iterable[LabelledNote], lexicon: Lexicon) -> Iterator[Example]:
    for number, note in enumerate(found):
        yield from _of_note(number, note, lexicon)


def _of_note(number: int, note: LabelledNote, lexicon: Lexicon) -> Iterator[Example]:
    folded = fold(note.text)
    split = words(folded.text, note.text)
    plain = lexicon.known(split.said, note.lang)
    who = [
        Span(span.start, span.end, span.category, (span.start, span.end))
        for span in note.spans
        if span.category in IDENTIFIERS | WHO
    ]
    who += certain(note.text, folded.text, note.lang, split, plain)
    known = without(split, plain, who, lexicon.somebody)
    cut = clauses(split.breaks)
    hits = phrases.phrases(split, known)
    inside = telling.inside_of(cut, hits)
    counted = []
    for at, (begin, behind, _) in enumerate(cut):
        of_clause = _of_words(split, known, begin, behind, lexicon, note.lang)
        place = features.of_place(behind - begin, *_beside(split, begin, behind))
        of_clause.update((*place, *telling.heard(inside.get(at, ()))))
        counted.append(of_clause)
    for at, (begin, behind, sentence) in enumerate(cut):
        around = Counter[str]()
        for other, beside in enumerate(cut):
            if other != at and beside[2] == sentence:
                around.update({name: often for name, often in counted[other].items() if name[0] == "!"})
        start, end = split.starts[begin], split.ends[behind - 1]
        yield Example(number, _kind(note, start, end), counted[at], around)


def _of_words(
    split: Words, known: Sequence[Known], begin: int, behind: int, lexicon: Lexicon, lang: str
) -> Counter[str]:
    shorts = [one.short for one in known[begin:behind]]
    counted = Counter(one + " " + other for one, other in zip(["0", *shorts], shorts, strict=False))
    for word, one in zip(split.said[begin:behind], known[begin:behind], strict=True):
        counted.update(_of_word(word, lang, one, lexicon))
    return counted


def _beside(split: Words, begin: int, behind: int) -> tuple[str, str]:
    """What stands before and behind; nothing at the ends of the note."""
    before = split.gaps[begin] if begin else ""
    return before, split.gaps[behind] if behind < len(split.said) else ""


def _of_word(word: str, lang: str, one: Known, lexicon: Lexicon) -> list[str]:
    if one is lexicon.somebody:
        return [features.WHO]
    return lexicon.features(word, lang, lexicon.elements(word), one.flags)


def _kind(note: LabelledNote, start: int, end: int) -> int:
    touched = [
        (min(end, span.end) - max(start, span.start), span)
        for span in note.spans
        if span.category in CONFIDED | MEDICAL and span.start < end and start < span.end
    ]
    if not touched:
        return 0
    most, span = max(touched, key=lambda one: one[0])
    telling = most > 0.4 * (end - start) or 2 * most >= span.end - span.start
    return sense.KINDS.index(span.category.value) if telling else -1


def learned(found: Sequence[Example]) -> sense.Weights:
    """`note` of the examples: a feature counts by the notes that it is met in."""
    names = _names(found)
    place = {name: at for at, name in enumerate(names)}
    around = sum(name[0] == "!" for name in names)
    cells: list[tuple[int, int, float]] = []
    kept = [one for one in found if one.kind >= 0]
    for row, one in enumerate(kept):
        for name, count in one.own.items():
            if name in place:
                cells.append((row, place[name], count * _telling(name)))
        for name, count in one.around.items():
            if name in place:
                # Halved: what stands beside a clause says less, and the penalty should know.
                cells.append((row, len(names) + place[name], 0.5 * count))
    rows, columns, counts = zip(*cells, strict=True)
    matrix = csr_matrix((counts, (rows, columns)), shape=(len(kept), len(names) + around), dtype=float)
    best = _fitted(matrix, np.array([one.kind for one in kept]))
    best -= best[:, :1]  # against "nothing"
    best[: len(names)] *= np.array([[_telling(name)] for name in names])
    best[len(names) :] *= 0.5
    return _small(names, np.clip(np.rint(best * SCALE), -127, 127).astype(np.int8))


def _telling(name: str) -> float:
    """What is said of many words is surer than what is said of one, and the penalty should know."""
    return OF_MANY if name.startswith(features.MEANS) else 1.0


def _names(found: Sequence[Example]) -> list[str]:
    """Features of enough notes; those that count beside the clause too come first."""
    met: dict[str, set[int]] = {}
    for one in found:
        for name in one.own:
            if len(seen := met.setdefault(name, set())) < OFTEN:
                seen.add(one.note)
    often = (name for name, seen in met.items() if len(seen) >= OFTEN)
    plain = (name for name in often if name[0] in "!#%" or not any(sign.isdigit() for sign in name[1:]))
    return sorted(plain, key=lambda name: (name[0] != "!", name))


def _fitted(matrix: csr_matrix, kinds: np.ndarray) -> np.ndarray:
    count, width = len(kinds), len(sense.KINDS)
    turned = matrix.T.tocsr()
    truth = np.zeros((count, width))
    truth[np.arange(count), kinds] = 1.0

    def cost(guess: np.ndarray) -> tuple[float, np.ndarray]:
        table = guess.reshape(-1, width)
        scores = matrix @ table
        scores -= scores.max(axis=1, keepdims=True)
        likely = np.exp(scores)
        total = likely.sum(axis=1, keepdims=True)
        missed = np.log(total[:, 0]) - scores[np.arange(count), kinds]
        slope = turned @ (likely / total - truth) + PENALTY * table
        return float(missed.sum() + PENALTY / 2 * guess @ guess), slope.ravel()

    start = np.zeros(matrix.shape[1] * width)
    # To the end: stopped on the way, what is learned hangs on the way, and a few notes more move everything.
    options = {"maxiter": 5000, "maxcor": 20, "ftol": 1e-7}
    best = minimize(cost, start, jac=True, method="L-BFGS-B", options=options)
    if not best.success:
        raise RuntimeError(best.message)
    return best.x.reshape(-1, width)


def _small(names: list[str], table: np.ndarray) -> sense.Weights:
    """Without the features that hardly weigh anything."""
    own, around = table[: len(names)], table[len(names) :]
    beside = np.zeros_like(own)
    beside[: len(around)] = around
    keep = (abs(own).max(axis=1) > SMALLEST) | (abs(beside).max(axis=1) > SMALLEST)
    kept = [name for name, one in zip(names, keep, strict=True) if one]
    many = sum(name[0] == "!" for name in kept)
    rows = {name: at for at, name in enumerate(kept)}
    return sense.Weights(rows, own[keep].tobytes(), beside[keep][:many].tobytes(), SCALE)


def bare() -> Lexicon:
    """The word lists without anything learned."""
    tables = stored.tables()
    return Lexicon(tables["phrases"], tables["roles"], sense.Weights({}, b"", b"", SCALE), tables["meaning"])


def learn() -> None:
    found = [note for part in LEARNED_FROM for note in notes(part)]
    weights = learned(list(examples(found, bare())))
    weights.made_of = made_of()
    sense.write(weights)


def made_of() -> str:
    """A print of everything the weights depend on: the notes, the word lists, the code that counts."""
    digest = hashlib.blake2b(digest_size=16)
    corpus = [path for part in LEARNED_FROM for path in sorted((reading.HERE / part).glob("*.txt"))]
    lists = sorted(source.HERE.glob("*/*.txt"))
    code = [Path(__file__), *(Path(module.__file__ or "") for module in (features, meaning, telling))]
    for path in (*corpus, *lists, *code):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
