"""How well the screen does on a writer's notes when it learned on all the others' alone.

The honest figure beside `held_out`: the word lists know some of these notes, the weights none of them.
"""

from collections.abc import Iterator

from firsthand.protect.pure.categories import CONFIDED, MEDICAL
from firsthand.protect.pure.screen import lexicon as word_lists
from firsthand.protect.pure.screen import screen
from firsthand.protect.pure.screen.lexicon import Lexicon
from tests.corpus.learning import LEARNED_FROM, bare, examples, learned
from tests.corpus.reading import notes
from tests.corpus.scoring import Score, add

# Sets of writers who saw neither the word lists nor what the screen found. Those in one line tell of the same
# situations and are left out together.
LEFT_OUT = (
    ("de-german",), ("de-swiss",), ("fr-third",), ("it-third",), ("en-third",),
    ("de-ordinary",), ("fr-ordinary",), ("it-ordinary",), ("en-ordinary",),
    ("de-plain",), ("fr-plain", "it-plain", "en-plain"),
)  # fmt: skip
HEAD = (
    f"{'left out':<12}{'notes':>6}{'confided':>10}{'anyhow':>8}{'health':>8}{'anyhow':>8}"
    f"{'alarms':>8}{'needed':>8}{'not':>7}"
)


def cross() -> str:
    total = Score()
    lines = [HEAD]
    count = 0
    for name, number, score in _scores(total):
        lines.append(_line(name, number, score))
        count += number
    return "\n".join([*lines, _line("all", count, total)])


def _scores(total: Score) -> Iterator[tuple[str, int, Score]]:
    everything = [note for part in LEARNED_FROM for note in notes(part)]
    plain = bare()
    counted = list(examples(everything, plain))
    for names in LEFT_OUT:
        out = {at for at, note in enumerate(everything) if any(f"-{name}-" in note.id for name in names)}
        weights = learned([one for one in counted if one.note not in out])
        lexicon = Lexicon(plain.tables, plain.roles, weights, plain.meaning)
        for name in names:
            score = Score()
            mine = [everything[at] for at in sorted(out) if f"-{name}-" in everything[at].id]
            for note in mine:
                with word_lists.instead(lexicon):
                    findings = screen(note.text, lang=note.lang, concern=note.concern).findings
                list(add(score, note, findings))
                list(add(total, note, findings))
            yield name, len(mine), score


def _line(name: str, number: int, score: Score) -> str:
    return (
        f"{name:<12}{number:>6}{score.recall(CONFIDED):>10.1%}{score.any_recall(CONFIDED):>8.1%}"
        f"{score.recall(MEDICAL):>8.1%}{score.any_recall(MEDICAL):>8.1%}{score.false_alarms():>8.1%}"
        f"{score.f1(True):>8.3f}{score.f1(False):>7.3f}"
    )
