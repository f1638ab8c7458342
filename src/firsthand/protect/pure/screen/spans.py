"""From the words that give something away to what a person would cut out, and no place twice."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from firsthand.protect.pure.categories import IDENTIFIERS, WHO, Category
from firsthand.protect.pure.screen.found import Span
from firsthand.protect.pure.screen.words import Words

# Words that open a clause but belong to no fragment.
_OPENING = frozenset(
    """
    und oder aber dass da weil denn ob et ou mais que qu car parce e ed o ma che and or but that because
    deshalb darum daher sagt meint so also donc quindi therefore wegen grund par perche
    """.split()
)
_WHO = IDENTIFIERS | WHO
_RANK = dict.fromkeys(IDENTIFIERS, 0) | dict.fromkeys(WHO, 1)


def trimmed_clause(words: Words, begin: int, end: int, first: int, last: int) -> tuple[int, int]:
    """A clause without the words that only join it to the one before or behind."""
    while begin < first and words.said[begin] in _OPENING:
        begin += 1
    while end > last and words.said[end] in _OPENING:
        end -= 1
    return begin, end


def settled(found: Iterable[Span]) -> list[Span]:
    """In the order of the text, none over another.

    A number or a name keeps its place inside a longer fragment's reach: the fragment ends beside it. Of two
    fragments of one kind the union stays; of two kinds each keeps its own words and the first what
    lies between.
    """
    cores = list(found)
    if len(cores) < 2:
        return cores
    cores.sort(key=_place)
    if any(one.core[1] > other.core[0] for one, other in pairwise(cores)):
        cores = _cores(cores)
    kept: list[Span] = []
    for at, span in enumerate(cores):
        floor = cores[at - 1].core[1] if at else 0
        ceiling = cores[at + 1].core[0] if at + 1 < len(cores) else span.end
        start = max(span.start, floor, kept[-1].end if kept else 0)
        begin, end = span.core
        start, stop = min(start, begin), max(min(span.end, ceiling), end)
        same = start == span.start and stop == span.end
        own = span if same else Span(start, stop, span.category, span.core)
        if kept and kept[-1].category == own.category and _touch(own, cores, at):
            last = kept[-1]
            kept[-1] = Span(last.start, max(last.end, own.end), last.category, (last.core[0], end))
        else:
            kept.append(own)
    return kept


def _place(span: Span) -> tuple[tuple[int, int], Category]:
    return span.core, span.category


def trimmed(folded: str, found: Iterable[Span]) -> list[Span]:
    """Without the spaces and commas at the ends of what was cut beside something else."""
    made = []
    for span in found:
        start, end = span.start, span.end
        if (start, end) == span.core:
            made.append(span)
            continue
        while start < span.core[0] and not folded[start].isalnum():
            start += 1
        while end > span.core[1] and not folded[end - 1].isalnum():
            end -= 1
        made.append(Span(start, end, span.category, span.core))
    return made


def _touch(own: Span, cores: list[Span], at: int) -> bool:
    """Whether two of one kind share a clause: the first reaches the second's words as they were widened."""
    return own.category not in _WHO and cores[at - 1].end >= own.core[0]


def _cores(ordered: list[Span]) -> list[Span]:
    """Cores that do not overlap: an identifier before a name before words, the longer before the shorter."""
    kept: list[Span] = []  # in the order of their cores, which do not overlap
    for span in sorted(ordered, key=_precedence):
        first = bisect_left(kept, span.core[0], key=lambda one: one.core[1] - 1)
        last = bisect_left(kept, span.core[1], key=lambda one: one.core[0])
        clash = kept[first:last]
        if not clash:
            kept.insert(first, span)
        elif all(other.category == span.category for other in clash):
            kept[first:last] = [_union([*clash, span])]
        elif span.category not in _WHO and all(other.category in _WHO for other in clash):
            kept[first:last] = sorted(
                [*clash, *_beside(span, clash[0].core[0], clash[-1].core[1])], key=_place
            )
    return kept


def _beside(span: Span, begin: int, end: int) -> list[Span]:
    """What is told round a name ("Ihr Sohn Luca trinkt zu viel"): the longer part, held by its outer letter."""
    first, last = span.core
    if last - end >= max(begin - first, 1):
        return [Span(end, span.end, span.category, (last - 1, last))]
    return [Span(span.start, begin, span.category, (first, first + 1))] if first < begin else []


def _union(spans: list[Span]) -> Span:
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    core = min(span.core[0] for span in spans), max(span.core[1] for span in spans)
    return Span(start, end, spans[0].category, core)


def _precedence(span: Span) -> tuple[int, int, int, Category]:
    return _RANK.get(span.category, 2), span.core[0] - span.core[1], span.core[0], span.category
