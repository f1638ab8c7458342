"""Nothing typed is stored before it went through here: `screened` is the one door for free text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from firsthand.people.models import Person
from firsthand.protect.pure.categories import Action, Category
from firsthand.protect.pure.screen import Choice, Finding, Sealed, brackets, fingerprint, screen
from firsthand.protect.pure.tongue import tongue
from firsthand.protect.queries import needs as matrix

LONGEST_REASON = 120
NUL = "\x00"


@dataclass(frozen=True, repr=False)
class Found:
    """One thing that was found, wherever it stands in the text."""

    category: Category
    words: str
    print: str
    needed: bool
    action: Action
    why: str
    decided: bool  # by a person; otherwise it is the matrix's answer

    @property
    def goes(self) -> bool:
        return self.action is not Action.KEEP


@dataclass(frozen=True, repr=False)
class Screening:
    """`text` is what may be stored, `sealed` what is kept apart. What was typed stands nowhere in it."""

    text: str
    sealed: tuple[Sealed, ...]
    found: tuple[Found, ...]
    marks: dict[str, int]  # how many brackets stand in the text for something sealed

    @property
    def asks(self) -> list[Found]:
        """What nobody decided and the concern does not need."""
        return [one for one in self.found if one.goes and not one.decided]

    @property
    def gone(self) -> list[Found]:
        return [one for one in self.found if one.goes]

    @property
    def kept(self) -> list[dict[str, str]]:
        """What stays because somebody said why: with the note, and so that nobody is asked twice."""
        return [
            {"category": one.category.value, "print": one.print, "why": one.why}
            for one in self.found
            if one.decided and not one.goes and not one.needed
        ]

    @property
    def reasons(self) -> list[dict[str, str]]:
        return [{"category": one["category"], "why": one["why"]} for one in self.kept]


def screened(
    words: str,
    *,
    language: str,
    concern: str = "",
    topic: str = "",
    known: Sequence[str] = (),
    choices: Sequence[Choice] = (),
    by: Person | None,
) -> Screening:
    """The text as it may be stored. Screened again it stays as it is: brackets give nobody away.

    `language`: of the caller, or of the page; words that are clearly in another one are read in theirs.
    `known`: names that are certain; `names_around` gathers them. `choices`: what somebody decided, by the
    print of the words; what nobody decided goes the way of the matrix.
    """
    words = words.replace(NUL, "")
    look = partial(
        screen,
        words,
        lang=language,
        spoken=tongue(words),
        concern=concern,
        topic=topic,
        needs=matrix.needs(),
        own=matrix.own_numbers(),
        known=known,
    )
    chosen = [_with_clean_reason(one, language, by) for one in choices if _says_why(one)]
    result = look(choices=chosen)
    if further := _typed_further(words, result.findings, chosen):
        chosen += further
        result = look(choices=chosen)
    decided = {(choice.category, choice.print) for choice in chosen}
    found = {(one.category, one.print): one for one in (_found(f, words, decided) for f in result.findings)}
    sealed = tuple(Sealed(one.category, one.words.strip()) for one in result.sealed)
    return Screening(result.text, sealed, tuple(found.values()), _marks(result.text, language))


def screened_as_typed(
    words: str, *, past: Sequence[Choice], choices: Sequence[Choice], by: Person | None, **about: Any
) -> Screening:
    """While somebody types. `past`: what was decided about words that had gone from the field; of those that stand in
    it again nobody is asked twice. `about`: as in `screened`.
    """
    found = screened(words, choices=choices, by=by, **about)
    asks = {(one.category, one.print) for one in found.asks}
    back = [one for one in past if _key(one) in asks]
    return screened(words, choices=[*choices, *back], by=by, **about) if back else found


def _says_why(choice: Choice) -> bool:
    return choice.action is not Action.KEEP or bool(choice.why)


def _with_clean_reason(choice: Choice, language: str, by: Person | None) -> Choice:
    """A reason is no place for a confidence either."""
    if not choice.why:
        return choice
    return Choice(choice.category, choice.print, choice.action, reason(choice.why, language=language, by=by))


def _typed_further(words: str, findings: Sequence[Finding], chosen: Sequence[Choice]) -> list[Choice]:
    """A passage that grew since it was decided on is the same passage: the decision goes on with it."""
    prints = [(one.category, fingerprint(one.category, words[one.start : one.end])) for one in findings]
    known = {(one.category, one.print) for one in chosen}
    further = []
    for choice in chosen:
        lost = [one for one in chosen if one.category == choice.category and _key(one) not in prints]
        new = {one for one in prints if one[0] == choice.category and one not in known}
        if lost == [choice] and len(new) == 1:
            further.append(Choice(choice.category, new.pop()[1], choice.action, choice.why))
    return further


def _key(choice: Choice) -> tuple[Category, str]:
    return choice.category, choice.print


def _found(finding: Finding, words: str, decided: Collection[tuple[Category, str]]) -> Found:
    said = words[finding.start : finding.end]
    print_ = fingerprint(finding.category, said)
    return Found(
        category=finding.category,
        words=said.strip(),
        print=print_,
        needed=finding.needed,
        action=finding.action,
        why=finding.why,
        decided=(finding.category, print_) in decided,
    )


def _marks(text: str, language: str) -> dict[str, int]:
    if "[" not in text:
        return {}
    counted = {one.value: text.count(brackets.sealed(one, language)) for one in Category}
    return {category: count for category, count in counted.items() if count}


# So many words are a name; more are a text that somebody typed into the field for it.
NAME_WORDS = 5


def screened_name(words: str, *, language: str, by: Person | None = None) -> str:
    """What a caller types as a name. A family name may be a word for an illness: in so few words only numbers
    and addresses go.
    """
    words = " ".join(words.replace(NUL, "").split())
    if not words:
        return ""
    about = matrix.NAME if len(words.split()) <= NAME_WORDS else matrix.TEXT_AS_NAME
    return screened(words, language=language, concern=about, by=by).text


def reason(words: str, *, language: str, by: Person | None) -> str:
    """Why something is needed, in a few words; a reason is no place for a confidence either."""
    short = " ".join(words.replace(NUL, "").split())[:LONGEST_REASON]
    return screened(short, language=language, concern=matrix.BOARD, by=by).text[:LONGEST_REASON]
