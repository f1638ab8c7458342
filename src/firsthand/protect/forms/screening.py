"""What travels with a free text: what somebody decided about words in it, and what the page has shown.

All of it is hidden inputs of the form the text stands in: `choice-words` = separation|print|keep|why. Nothing
is kept in the browser, and the server asks nobody twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from firsthand.protect.actions import Found, Screening
from firsthand.protect.pure.categories import Action, Category
from firsthand.protect.pure.screen import Choice
from firsthand.protect.queries.needs import BOARD, of_request

LONGEST = 200
MANY = 60  # decisions about one text


def choices(data: Mapping[str, Any], name: str) -> list[Choice] | None:
    """What was decided about the words of this field. None: the form knows no screening, nothing changes."""
    if not isinstance(data, QueryDict) or f"screened-{name}" not in data:
        return None
    return _said(data, f"choice-{name}")


def _said(data: QueryDict, name: str) -> list[Choice]:
    """Each once, the latest last."""
    found = {}
    for word in data.getlist(name)[-MANY:]:
        if choice := read(word):
            found[choice.category, choice.print] = choice
    return list(found.values())


def read(word: str) -> Choice | None:
    """Whatever a browser sends: what is none of ours is nothing."""
    kind, _, rest = word[:LONGEST].partition("|")
    print_, _, rest = rest.partition("|")
    action, _, why = rest.partition("|")
    try:
        return Choice(Category(kind), print_, Action(action), " ".join(why.split()))
    except ValueError:
        return None


def written(choice: Choice) -> str:
    return f"{choice.category.value}|{choice.print}|{choice.action.value}|{choice.why}"


def mark(found: Found) -> str:
    return f"{found.category.value}|{found.print}"


def unseen(data: Mapping[str, Any], name: str, screening: Screening) -> list[Found]:
    """What would go and the page has not shown yet: typed in the last second, or without scripts."""
    shown = set(data.getlist(f"seen-{name}")) if isinstance(data, QueryDict) else set()
    return [one for one in screening.asks if mark(one) not in shown]


class Choosing(forms.Form):
    """A form with free text that is screened."""

    def choices(self, name: str) -> list[Choice] | None:
        return choices(self.data, name)

    def unseen(self, name: str, screening: Screening) -> list[Found]:
        return unseen(self.data, name, screening)


@dataclass(frozen=True)
class Asked:
    """The question of a page that somebody types in: the field, what was decided, what is being decided."""

    field: str  # the id of the textarea
    name: str
    words: str
    mode: str
    language: str
    concern: str
    topic: str
    choices: Sequence[Choice]
    past: Sequence[Choice]  # what was decided about words that were not in the field any more
    open: str  # the one whose reason is being typed
    state: str  # what the page shows now
    kind: str  # of a request: what is asked for

    def about(self) -> dict[str, Any]:
        """What the screen must know besides the words. On the board no concern needs anything."""
        fixed = {"board": BOARD, "request": of_request(self.kind)}.get(self.mode, "")
        where = {"concern": fixed or self.concern, "topic": "" if fixed else self.topic}
        return {"language": self.language, "choices": self.choices, "past": self.past, **where}


MODES = {"note", "board", "request"}


def asked(data: QueryDict) -> Asked:
    name = data.get("screen-name", "")[:40]
    made = {(one.category, one.print): one for one in choices(data, name) or ()}
    decided = data.get("decide", "")
    opened = ""
    if decided.startswith("open|"):
        opened = decided.removeprefix("open|")[:LONGEST]
    elif decided.startswith("undo|"):
        kind, _, print_ = decided.removeprefix("undo|").partition("|")
        made = {key: one for key, one in made.items() if (key[0].value, key[1]) != (kind, print_)}
    elif choice := read(_with_reason(decided, data.get(f"why-{name}", ""))):
        made[choice.category, choice.print] = choice
        if choice.action is Action.KEEP and not choice.why:
            del made[choice.category, choice.print]
            opened = f"{choice.category.value}|{choice.print}"
    return Asked(
        field=data.get("screen-field", "")[:60],
        name=name,
        words=data.get(name, "")[:20_000],
        mode=data.get("screen-mode", "note") if data.get("screen-mode") in MODES else "note",
        language=data.get("screen-language", "de")[:5],
        concern=data.get("concern", "")[:8],
        topic=data.get("topic", "")[:20],
        choices=list(made.values()),
        past=_said(data, f"past-{name}"),
        open=opened,
        state=data.get(f"state-{name}", ""),
        kind=data.get("kind", "")[:20],
    )


def _with_reason(decided: str, why: str) -> str:
    """The reason stands in its own field; a bar in it would end it."""
    return f"{decided}{why.replace('|', ' ')}" if decided.endswith("|keep|") else decided
