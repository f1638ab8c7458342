"""How well the screen does on a writer's notes when it learned on all the others' alone.

The honest figure beside `held_out`: the word lists know some of these notes, the weights none of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from firsthand.protect.pure.categories import CONFIDED, MEDICAL
from firsthand.protect.pure.screen import lexicon as word_lists
from firsthand.protect.pure.screen import screen
from firsthand.protect.pure.screen.lexicon import Lexicon
from tests.corpus.learning import LEARNED_FROM, bare, examples, learned
from tests.corpus.reading import LabelledNote, notes
from tests.corpus.scoring import Score, add

# Sets of writers who saw neither the word lists nor what the screen found. Those in one line tell of the same
# situations and are left out together.
LEFT_OUT = (
    ("de-german",), ("de-swiss",), ("fr-third",), ("it-third",), ("en-third",),
    ("de-ordinary",), ("fr-ordinary",), ("it-ordinary",), ("en-ordinary",),
    ("de-plain",), ("fr-plain", "it-plain", "en-plain"),
)  # fmt: skip
KINDS = ("hard", "ordinary", "plain")  # full of traps; seldom anything confided; short and outright
HEAD = (
    f"{'left out':<12}{'notes':>6}{'confided':>10}{'anyhow':>8}{'health':>8}{'anyhow':>8}"
    f"{'alarms':>8}{'needed':>8}{'not':>7}"
)


def cross() -> str:
    """One line for each set that was left out, then one for each kind of note and one for all."""
    scores: defaultdict[str, Score] = defaultdict(Score)
    counts: Counter[str] = Counter()
    for name, mine, lexicon in _left_out():
        rows = (name, _kind(name), "all")
        counts.update(dict.fromkeys(rows, len(mine)))
        for note in mine:
            with word_lists.instead(lexicon):
                findings = screen(note.text, lang=note.lang, concern=note.concern).findings
            for row in rows:
                list(add(scores[row], note, findings))
    sets = [name for names in LEFT_OUT for name in names]
    return "\n".join([HEAD, *(_line(row, counts[row], scores[row]) for row in (*sets, *KINDS, "all"))])


def _kind(name: str) -> str:
    return next((kind for kind in KINDS if name.endswith(kind)), "hard")


def _left_out() -> Iterator[tuple[str, list[LabelledNote], Lexicon]]:
    """Each set of notes, and what the screen is when it learned on all the others."""
    everything = [note for part in LEARNED_FROM for note in notes(part)]
    plain = bare()
    counted = list(examples(everything, plain))
    for names in LEFT_OUT:
        out = {at for at, note in enumerate(everything) if any(f"-{name}-" in note.id for name in names)}
        weights = learned([one for one in counted if one.note not in out])
        lexicon = Lexicon(plain.tables, plain.roles, weights, plain.meaning)
        for name in names:
            yield name, [everything[at] for at in sorted(out) if f"-{name}-" in everything[at].id], lexicon


def _line(name: str, number: int, score: Score) -> str:
    return (
        f"{name:<12}{number:>6}{score.recall(CONFIDED):>10.1%}{score.any_recall(CONFIDED):>8.1%}"
        f"{score.recall(MEDICAL):>8.1%}{score.any_recall(MEDICAL):>8.1%}{score.false_alarms():>8.1%}"
        f"{score.f1(True):>8.3f}{score.f1(False):>7.3f}"
    )
