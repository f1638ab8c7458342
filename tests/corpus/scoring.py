"""How well the screen finds what people labelled, on one part of the corpus.

recall        of the labels of a category: at least half of the letters are covered by findings of it
anyhow        the same, by findings of any category (it would be cut out, under another name)
precision     of the findings of a category: their span touches a label of it by half of the shorter of
the two
strict        as precision, but a label of any category counts (nothing ordinary was cut)
needed F1     over the labels that were found: needed by the matrix against needed by the label; and of
not needed
false alarms  share of the sentences without a label that got a finding
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from firsthand.protect.pure.categories import CONFIDED, IDENTIFIERS, MEDICAL, WHO, Category
from firsthand.protect.pure.screen import Finding, screen
from tests.corpus.reading import LANGUAGES, LabelledNote, Span, notes

# "Dr. Meier", "3.12. Anruf" and "St. Gallen" end no sentence.
SENTENCE = re.compile(
    r".+?(?:(?<![\d.]\d)(?<!\d)(?<!\b\w)(?<!\b\w\w)(?<!\bmed)(?<!\b[Pp]rof)[.!?…](?=\s+[A-ZÄÖÜÀ-Þ(«„])|$)",
    re.S,
)
GROUPS = {
    "identifiers": frozenset(IDENTIFIERS),
    "names": frozenset({Category.NAME}),
    "addresses": frozenset({Category.ADDRESS}),
    "health": MEDICAL,
    "confided": CONFIDED,
    "who": WHO,
}


@dataclass
class Score:
    """Counts, and from them the figures."""

    labels: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    anyhow: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    harmless: Counter[str] = field(default_factory=Counter)
    decided: Counter[tuple[bool, bool]] = field(default_factory=Counter)  # (label needs, matrix says)
    sentences: int = 0
    alarms: int = 0
    cut: int = 0  # letters in findings
    labelled: int = 0  # of them, in labels

    def recall(self, kinds: Iterable[str]) -> float:
        return _share(self.found, self.labels, kinds)

    def any_recall(self, kinds: Iterable[str]) -> float:
        return _share(self.anyhow, self.labels, kinds)

    def precision(self, kinds: Iterable[str]) -> float:
        return _share(self.right, self.findings, kinds)

    def strict(self, kinds: Iterable[str]) -> float:
        return _share(self.harmless, self.findings, kinds)

    def false_alarms(self) -> float:
        return self.alarms / max(1, self.sentences)

    def f1(self, needed: bool) -> float:
        hit = self.decided[needed, needed]
        return 2 * hit / max(1, 2 * hit + self.decided[needed, not needed] + self.decided[not needed, needed])


@dataclass(frozen=True)
class Miss:
    note: LabelledNote
    start: int
    end: int
    category: Category
    what: str  # "missed", "wrong", "alarm", "needed"


def score(part: str, lang: str | None = None) -> tuple[Score, list[Miss]]:
    total, misses = Score(), []
    for note in notes(part):
        if lang in (None, note.lang):
            misses += add(total, note, screen(note.text, lang=note.lang, concern=note.concern).findings)
    return total, misses


def add(total: Score, note: LabelledNote, findings: Iterable[Finding]) -> Iterator[Miss]:
    findings = list(findings)
    for span in note.spans:
        total.labels[span.category] += 1
        mine = [f for f in findings if f.category == span.category and _overlap(f, span)]
        if 2 * _covered(span, mine) >= span.end - span.start:
            total.found[span.category] += 1
            best = max(mine, key=lambda f: _overlap(f, span))
            total.decided[span.needed, best.needed] += 1
            if span.needed != best.needed:
                yield Miss(note, span.start, span.end, span.category, "needed+" if span.needed else "needed-")
        else:
            yield Miss(note, span.start, span.end, span.category, "missed")
        total.anyhow[span.category] += 2 * _covered(span, findings) >= span.end - span.start
    for finding in findings:
        total.findings[finding.category] += 1
        right = any(s.category == finding.category and _touches(finding, s) for s in note.spans)
        harmless = any(_touches(finding, s) for s in note.spans)
        total.right[finding.category] += right
        total.harmless[finding.category] += harmless
        total.cut += finding.end - finding.start
        total.labelled += sum(_overlap(finding, s) for s in note.spans)
        if not harmless:
            yield Miss(note, finding.start, finding.end, finding.category, "alarm")
        elif not right:
            yield Miss(note, finding.start, finding.end, finding.category, "wrong")
    for start, end in sentences(note.text):
        if not any(s.start < end and start < s.end for s in note.spans):
            total.sentences += 1
            total.alarms += any(f.start < end and start < f.end for f in findings)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """From one end of a sentence to the next."""
    for match in SENTENCE.finditer(text):
        if match.group().strip():
            yield match.span()


def table(part: str) -> str:
    lines = []
    for lang in (None, *LANGUAGES):
        total, _ = score(part, lang)
        if not total.labels and not total.sentences:
            continue
        lines.append(f"\n{part} · {lang or 'all languages'}")
        lines.append(
            f"{'':<16}{'labels':>7}{'recall':>9}{'anyhow':>9}{'findings':>9}{'precis.':>9}{'strict':>9}"
        )
        groups = GROUPS if lang else {**GROUPS, **{c.value: frozenset({c}) for c in Category}}
        for name, kinds in groups.items():
            count = sum(total.labels[c] for c in kinds)
            got = sum(total.findings[c] for c in kinds)
            if count or got:
                figures = (
                    total.recall(kinds),
                    total.any_recall(kinds),
                    got,
                    total.precision(kinds),
                    total.strict(kinds),
                )
                lines.append(
                    f"{name:<16}{count:>7}{{:>9.1%}}{{:>9.1%}}{{:>9}}{{:>9.1%}}{{:>9.1%}}".format(*figures)
                )
        lines.append(
            f"false alarms {total.false_alarms():.2%} of {total.sentences} sentences without a label · "
            f"needed F1 {total.f1(True):.3f}, not needed F1 {total.f1(False):.3f} · "
            f"{total.labelled / max(1, total.cut):.1%} of the letters found were labelled"
        )
    return "\n".join(lines)


def _share(part: Counter[str], whole: Counter[str], kinds: Iterable[str]) -> float:
    kinds = list(kinds)
    return sum(part[kind] for kind in kinds) / max(1, sum(whole[kind] for kind in kinds))


def _overlap(one: Finding, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _covered(span: Span, findings: list[Finding]) -> int:
    return sum(_overlap(f, span) for f in findings)


def _touches(finding: Finding, span: Span) -> bool:
    return 2 * _overlap(finding, span) >= min(finding.end - finding.start, span.end - span.start)
