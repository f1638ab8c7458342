"""Counts, on the notes of `build`, which words stand where somebody confides: the table of
`pure/screen/tone.py`.
"""

import math
from collections import Counter
from collections.abc import Iterator

from firsthand.protect.pure.categories import CONFIDED, Category
from firsthand.protect.pure.screen.fold import fold
from firsthand.protect.pure.screen.lexicon import HERE
from firsthand.protect.pure.screen.tone import features
from firsthand.protect.pure.screen.words import HARD, words
from tests.corpus.reading import LabelledNote, notes

HEAD = "# CC0-1.0. Own work for Firsthand, counted on tests/corpus/build by `python -m tests.corpus learn`.\n"
OFTEN = 2  # a feature seen once says nothing


def sentences(note: LabelledNote) -> Iterator[tuple[int, int, list[str]]]:
    split = words(fold(note.text).text, note.text)
    begin = 0
    for at in range(1, len(split) + 1):
        if at == len(split) or split.breaks[at] == HARD:
            yield split.starts[begin], split.ends[at - 1], split.said[begin:at]
            begin = at


def told(note: LabelledNote, start: int, end: int) -> set[Category] | None:
    """What a sentence confides; None if it is neither private nor free of labels."""
    touched = [span for span in note.spans if span.start < end and start < span.end]
    private = {
        span.category
        for span in touched
        if span.category in CONFIDED and min(end, span.end) - max(start, span.start) > 0.4 * (end - start)
    }
    return private if private or not touched else None


def counted() -> str:
    private, ordinary, about = Counter[str](), Counter[str](), Counter[tuple[str, Category]]()
    totals = [0, 0]
    for note in notes("build"):
        for start, end, said in sentences(note):
            kinds = told(note, start, end)
            if kinds is None:
                continue
            totals[bool(kinds)] += 1
            for feature in features(said):
                (private if kinds else ordinary)[feature] += 1
                for kind in kinds:
                    about[feature, kind] += 1
    lines = []
    for feature in sorted(private | ordinary):
        if private[feature] + ordinary[feature] < OFTEN or any(letter.isdigit() for letter in feature):
            continue
        odds = math.log((private[feature] + 0.5) / (totals[1] + 1)) - math.log(
            (ordinary[feature] + 0.5) / (totals[0] + 1)
        )
        kinds = {
            kind: about[feature, kind] / private[feature] for kind in sorted(CONFIDED) if about[feature, kind]
        }
        shares = ",".join(f"{kind.value}:{share:.2f}" for kind, share in kinds.items())
        lines.append(f"{feature}\t{odds:.2f}\t{shares}")
    return HEAD + "\n".join(lines) + "\n"


def learn() -> None:
    (HERE / "tone.tsv").write_text(counted(), encoding="utf-8")
