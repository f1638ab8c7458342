"""The screen: what a free text gives away, whether this concern needs it, and the text as it may be stored.

No model, no network, no clock; the same text gives the same answer everywhere.
"""

from collections.abc import Iterable, Iterator, Sequence

from firsthand.protect.pure.categories import Action
from firsthand.protect.pure.needs import DEFAULT, Needs
from firsthand.protect.pure.screen import brackets
from firsthand.protect.pure.screen.found import Choice, Finding, Screened, Sealed, Span, fingerprint
from firsthand.protect.pure.screen.lexicon import load
from firsthand.protect.pure.screen.looking import Own, look

__all__ = ["Choice", "Finding", "Screened", "Sealed", "fingerprint", "ready", "screen"]

KEEP, DROP, SEAL = Action.KEEP, Action.DROP, Action.SEAL  # to look one up takes as long as to make a finding


def screen(
    text: str,
    *,
    lang: str,
    spoken: str = "",
    concern: str = "",
    topic: str = "",
    needs: Needs | None = None,
    own: Own = (),
    known: Sequence[str] = (),
    choices: Sequence[Choice] = (),
    key: bytes = b"",
) -> Screened:
    """`spoken`: the language the words are in, if it is not `lang`, the one of what is put in their place.

    `own`: the insurer's patterns for policies and claims. `known`: names that are certain.

    `choices`: what somebody already decided, by the print of the words (`key` as for `fingerprint`).
    """
    matrix = needs or DEFAULT
    chosen = {(choice.category, choice.print): choice for choice in choices}
    findings = []
    for span in _looked(text, spoken or lang, own, known):
        print_ = fingerprint(span.category, text[span.start : span.end], key) if chosen else ""
        findings.append(_decided(span, matrix, concern, topic, chosen.get((span.category, print_))))
    taken = [finding for finding in findings if finding.action is not KEEP]
    if not taken:
        return Screened(tuple(findings), text, ())
    sealed = tuple([Sealed(f.category, text[f.start : f.end]) for f in taken if f.action is SEAL])
    return Screened(tuple(findings), _without(text, taken, lang), sealed)


def ready() -> None:
    """Read the lexicon now, not with the first note."""
    load()


def _looked(text: str, lang: str, own: Own, known: Sequence[str]) -> Iterable[Span]:
    """Between our own brackets: they say "separation" too, and what was screened once stays as it is."""
    return _pieces(text, lang, own, known) if "[" in text else look(text, lang=lang, own=own, known=known)


def _pieces(text: str, lang: str, own: Own, known: Sequence[str]) -> Iterator[Span]:
    for at, piece in brackets.between(text):
        for span in look(piece, lang=lang, own=own, known=known):
            core = span.core[0] + at, span.core[1] + at
            yield Span(span.start + at, span.end + at, span.category, core) if at else span


def _decided(span: Span, needs: Needs, concern: str, topic: str, choice: Choice | None) -> Finding:
    need = needs.of(concern, topic, span.category)
    action = choice.action if choice else KEEP if need.needed else need.otherwise
    return Finding(span.start, span.end, span.category, need.needed, action, choice.why if choice else "")


def _without(text: str, taken: Sequence[Finding], lang: str) -> str:
    """The text with brackets for what was taken out; the same bracket twice in a row stands once."""
    parts: list[str] = []
    at = 0
    for finding in taken:
        put = brackets.dropped if finding.action is DROP else brackets.sealed
        bracket = put(finding.category, lang)
        between = text[at : finding.start]
        if parts and parts[-1] == bracket and not between.strip():
            at = finding.end
            continue
        parts += [between, bracket]
        at = finding.end
    return "".join([*parts, text[at:]])
