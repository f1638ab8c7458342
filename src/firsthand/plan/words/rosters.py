"""What a roster says of itself, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from firsthand.know import topics

PHASES: dict[str, Promise] = {
    "start": _("a first roster"),
    "better": _("bettering it, group by group"),
    "likely": _("bettering it with the half-days that suit best"),
    "proof": _("looking whether there is a better one at all"),
    "done": _("done"),
}
# Why a place stays empty: plan.pure.front.explain.REASONS.
REASONS: dict[str, Promise] = {
    "language": _("most who could come do not speak the language"),
    "barred": _("most who could come must not sit in this room"),
    "absent": _("most who could come are away then"),
    "there": _("everybody who can is there already"),
    "busy": _("most who could come work elsewhere that day"),
    "training_seats": _("the seats of the training days are taken"),
    "training": _("most who could come are not trained by then; an earlier training day would help"),
    "most": _("most who could come have all the half-days agreed with them"),
    "a_week": _("most who could come have all the half-days of that calendar week"),
    "rest": _("most who could come need their rest"),
    "seats": _("the room has no more seats"),
    "lock": _("locked half-days stand against it"),
    "free": _("somebody could come, but it would leave a wider gap elsewhere"),
}


@dataclass(frozen=True)
class Said:
    """Sentences under a roster."""

    lines: Sequence[str]


def phase(code: str) -> Promise | str:
    return PHASES.get(code, "")


def reason(code: str) -> Promise | str:
    return REASONS.get(code, "")


def missing(level: str, number: int) -> str:
    """Who is missing: so many for the calls, specialists, specialists for a topic."""
    if level == "calls":
        return ngettext("%d for the calls", "%d for the calls", number) % number
    if level == "specialist":
        return ngettext("%d specialist", "%d specialists", number) % number
    named = {"number": number, "topic": topics.label(level)}
    words = ngettext("%(number)d specialist for %(topic)s", "%(number)d specialists for %(topic)s", number)
    return words % named


def said(sums: Mapping[str, int]) -> Said:
    """Of what could not be met, so much of each: the `sums` of what a roster explains."""
    lines = []
    if missing := sums.get("missing", 0):
        lines.append(ngettext("%d place stays empty.", "%d places stay empty.", missing) % missing)
    if experts := sums.get("specialists", 0):
        lines.append(
            ngettext(
                "%d half-day in a room is without a specialist.",
                "%d half-days in a room are without a specialist.",
                experts,
            )
            % experts
        )
    if wishes := sums.get("wish", 0):
        lines.append(
            ngettext(
                "%d half-day lies where a colleague would rather not work.",
                "%d half-days lie where a colleague would rather not work.",
                wishes,
            )
            % wishes
        )
    elif "wish" in sums:  # some was spoken
        lines.append(gettext("Nobody works on a half-day that they would rather not have."))
    if least := sums.get("least", 0):
        lines.append(
            ngettext(
                "%d half-day is missing to what was agreed with colleagues.",
                "%d half-days are missing to what was agreed with colleagues.",
                least,
            )
            % least
        )
    if alone := sums.get("buddy", 0):
        lines.append(
            ngettext(
                "%d newcomer begins without anybody beside them who was there before.",
                "%d newcomers begin without anybody beside them who was there before.",
                alone,
            )
            % alone
        )
    if chiefs := sums.get("executive", 0):
        lines.append(
            ngettext(
                "%d room is without anybody of the executive board for a week.",
                "%d rooms are without anybody of the executive board for a week.",
                chiefs,
            )
            % chiefs
        )
    return Said(lines)


def granting(more: Mapping[str, int]) -> str:
    """What somebody's wish would cost: of what there would be `more`."""
    costs = []
    if missing := more.get("missing", 0):
        costs.append(
            ngettext("%d place more would stay empty", "%d places more would stay empty", missing) % missing
        )
    if experts := more.get("specialists", 0) + more.get("topics", 0):
        costs.append(
            ngettext(
                "a room would be without a specialist on %d half-day more",
                "a room would be without a specialist on %d half-days more",
                experts,
            )
            % experts
        )
    if others := more.get("wish", 0):
        costs.append(
            ngettext(
                "%d colleague more would work who would rather not",
                "%d colleagues more would work who would rather not",
                others,
            )
            % others
        )
    if costs:
        return "; ".join(costs)
    # What was agreed with somebody, Fridays, buddies: only worth saying where nothing is worse.
    if more:
        return gettext("the half-days would lie less evenly")
    return gettext("nothing: somebody else can come then")
