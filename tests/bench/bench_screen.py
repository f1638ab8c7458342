"""The screen against Presidio with blank spaCy and its own pattern recognizers, on the corpus text, in
one run.

Presidio is a bench extra: `uv sync --group bench`. It knows no names, confidences or Swiss numbers without a
model, so both are compared on the identifiers that both know, and on the time for everything each of
them does.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from statistics import median

from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen import ready
from firsthand.protect.pure.screen import screen as ours
from tests.bench.figure import Figure, percentile
from tests.corpus.reading import LabelledNote, notes

# Presidio's names for what both look for. Not mail: the corpus uses the reserved `.example`, refused there.
BOTH = {
    "IBAN_CODE": Category.IBAN,
    "CREDIT_CARD": Category.PAYMENT_CARD,
    "PHONE_NUMBER": Category.PHONE,
    "DE_TAX_ID": Category.TAX,
    "DE_HEALTH_INSURANCE": Category.KVNR,
    "DE_SOCIAL_SECURITY": Category.RVNR,
    "IT_FISCAL_CODE": Category.CODICE_FISCALE,
}
RECOGNIZERS = [
    "IbanRecognizer",
    "CreditCardRecognizer",
    "EmailRecognizer",
    "PhoneRecognizer",
    "DateRecognizer",
    "UrlRecognizer",
    "IpRecognizer",
    "DeTaxIdRecognizer",
    "DeHealthInsuranceRecognizer",
    "DeSocialSecurityRecognizer",
    "DePassportRecognizer",
    "DeIdCardRecognizer",
    "ItFiscalCodeRecognizer",
    "ItVatCodeRecognizer",
]
TURNS = 15
Found = list[tuple[int, int, Category]]


def run() -> Iterator[Figure]:
    corpus = [*notes("build"), *notes("check")]
    german = [note for note in corpus if note.lang == "de"]
    letters = sum(len(note.text) for note in german) / len(german)
    began = time.thread_time()
    ready()
    yield Figure("screen", "reading the word lists", time.thread_time() - began, "s", "<= 0.15 s", "stored")
    mine = rate(lambda note: ours(note.text, lang=note.lang, concern=note.concern), german)
    what = f"{len(german)} German notes of {letters:.0f} letters, one process"
    yield Figure("screen", "notes a second", mine, "notes/s", "", what)
    yield from quality("screen", found_by_us, corpus)
    yield from typing(german)
    if importlib.util.find_spec("presidio_analyzer") is None:
        print("screen: no Presidio here to compare with; uv sync --group bench", file=sys.stderr)
        return
    analyze = presidio()
    both = [
        lambda note: ours(note.text, lang=note.lang, concern=note.concern),
        lambda note: analyze(note.text),
    ]
    pairs = list(turns(both, german))
    yield Figure(
        "screen", "notes a second, Presidio", median(theirs for _, theirs in pairs), "notes/s", "", what
    )
    ratio = median(mine / theirs for mine, theirs in pairs)
    yield Figure("screen", "screen / Presidio", ratio, "ratio", ">= 10", f"{what}, median of {TURNS} turns")
    yield from quality("Presidio", lambda note: list(known(analyze(note.text))), corpus)


def rate(work: Callable[[LabelledNote], object], corpus: list[LabelledNote], rounds: int = 3) -> float:
    for note in corpus[:50]:
        work(note)
    best = float("inf")
    for _ in range(rounds):
        began = time.thread_time()  # of this thread's own work: what else the machine does is no matter
        for note in corpus:
            work(note)
        best = min(best, time.thread_time() - began)
    return len(corpus) / best


def turns(
    both: list[Callable[[LabelledNote], object]], corpus: list[LabelledNote]
) -> Iterator[tuple[float, float]]:
    """Turn by turn on the same notes, each first in every other turn: what else the machine does meets both."""
    for turn in range(TURNS):
        notes_here, order = corpus[turn::TURNS], (0, 1) if turn % 2 else (1, 0)
        rates = {which: rate(both[which], notes_here, rounds=1) for which in order}
        yield rates[0], rates[1]


def typing(corpus: list[LabelledNote]) -> Iterator[Figure]:
    """As somebody types: other notes joined to 2,000 letters, each seen once."""
    text = " ".join(note.text for note in corpus)
    times = []
    for at in range(0, len(text) - 2000, 1000):
        began = time.thread_time()
        ours(text[at : at + 2000], lang="de", concern="CH28")
        times.append((time.thread_time() - began) * 1000)
    yield Figure(
        "screen",
        "p95, a note of 2,000 letters",
        percentile(times, 0.95),
        "ms",
        "< 5 ms",
        f"{len(times)} notes",
    )


def found_by_us(note: LabelledNote) -> Found:
    return [(f.start, f.end, f.category) for f in ours(note.text, lang=note.lang).findings]


def quality(who: str, find: Callable[[LabelledNote], Found], corpus: list[LabelledNote]) -> Iterator[Figure]:
    labels = hits = findings = right = 0
    for note in corpus:
        spans = [(s.start, s.end, s.category) for s in note.spans if s.category in set(BOTH.values())]
        got = [one for one in find(note) if one[2] in set(BOTH.values())]
        labels += len(spans)
        findings += len(got)
        hits += sum(any(covers(one, span) for one in got) for span in spans)
        right += sum(any(covers(one, span) for span in spans) for one in got)
    what = f"{labels} identifiers that both know, in {len(corpus)} notes"
    yield Figure("screen", f"recall, {who}", hits / labels, "share", "", what)
    yield Figure("screen", f"precision, {who}", right / max(1, findings), "share", "", what)


def covers(one: tuple[int, int, Category], span: tuple[int, int, Category]) -> bool:
    overlap = min(one[1], span[1]) - max(one[0], span[0])
    return one[2] == span[2] and 2 * overlap >= span[1] - span[0]


def presidio() -> Callable[[str], Iterable[object]]:
    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry, predefined_recognizers
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Blank(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__(models=[{"lang_code": "de", "model_name": "blank"}])
            self.nlp = {"de": spacy.blank("de")}

    # Its list of domains comes with it; else it asks the network at every mail and loses its time there.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
    chosen = [
        getattr(predefined_recognizers, name)(supported_language="de")
        for name in RECOGNIZERS
        if hasattr(predefined_recognizers, name)
    ]
    registry = RecognizerRegistry(recognizers=chosen, supported_languages=["de"])
    engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["de"])
    return lambda text: engine.analyze(text=text, language="de")


def known(results: Iterable[object]) -> Iterator[tuple[int, int, Category]]:
    for result in results:
        category = BOTH.get(result.entity_type)  # type: ignore[attr-defined]
        if category:
            yield result.start, result.end, category  # type: ignore[attr-defined]
