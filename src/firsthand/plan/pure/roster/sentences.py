"""Violations as English sentences, for the command line. Pages translate the codes themselves."""

from __future__ import annotations

from firsthand.plan.pure.roster.evaluate import Violation
from firsthand.plan.pure.roster.instance import Demand, Instance, Run, Total

SAID = {
    "closed": "{who} cannot work {where}: away, blocked, or without the skill it needs.",
    "lock": "{who}: what was decided for {where} does not hold.",
    "per_day": "{who} has {amount} shifts too many on day {day}.",
    "overlap": "{who} is in two places at once on day {day}.",
    "succession": "{who} has too little rest before {where}.",
    "frozen": "{who}: {where} was to stay as it was.",
    "total_least": "{who} has {amount} {unit} too few{rule}.",
    "total_most": "{who} has {amount} {unit} too many{rule}.",
    "run_least": "{who}: {amount} days too few {rule} in a row from day {day}.",
    "run_most": "{who}: {amount} days too many {rule} in a row from day {day}.",
    "demand_least": "{amount} missing {where}{rule}.",
    "demand_most": "{amount} too many {where}{rule}.",
    "first": "{who} works {where} without training before it.",
    "together": "{who} has no buddy at the first shift, {where}.",
}


def sentence(instance: Instance, violation: Violation) -> str:
    person = violation.person
    return SAID[violation.code].format(
        who="" if person is None else instance.people[person].name,
        amount=violation.amount,
        day="" if violation.day is None else instance.day_name(violation.day),
        where=_where(instance, violation),
        unit=_unit(instance, violation),
        rule=_rule(instance, violation),
    )


def _where(instance: Instance, violation: Violation) -> str:
    parts = []
    if violation.kind is not None:
        parts.append(instance.kinds[violation.kind].name)
    if violation.place is not None and instance.places[violation.place].name:
        parts.append(f"in {instance.places[violation.place].name}")
    if violation.day is not None:
        parts.append(f"on day {instance.day_name(violation.day)}")
    return " ".join(parts)


def _unit(instance: Instance, violation: Violation) -> str:
    rule = rule_of(instance, violation)
    return rule.measure if isinstance(rule, Total) else ""


def _rule(instance: Instance, violation: Violation) -> str:
    rule = rule_of(instance, violation)
    if isinstance(rule, Total):
        kinds = " and ".join(instance.kinds[kind].name for kind in sorted(rule.kinds))
        days = next((w for w in rule.windows if violation.day == w[0]), ())
        when = (
            "" if len(days) == instance.days else f" in the days from {instance.day_name(violation.day or 0)}"
        )
        return f"{f' of {kinds}' if kinds else ''}{when}"
    if isinstance(rule, Run):
        return "off" if rule.of == "off" else "of work"
    if isinstance(rule, Demand):
        skills = " or ".join(instance.skills[skill] for skill in sorted(rule.skills))
        named = f" ({rule.name})" if rule.name else ""
        return f"{f' with {skills}' if skills else ''}{named}"
    return ""


def rule_of(instance: Instance, violation: Violation) -> Total | Run | Demand | None:
    """The rule that is not held, where a person or the instance has several alike."""
    if violation.index is None:
        return None
    if violation.code.startswith("demand"):
        return instance.demands[violation.index]
    if violation.person is None:
        return None
    person = instance.people[violation.person]
    if violation.code.startswith("total"):
        return person.totals[violation.index]
    return person.runs[violation.index] if violation.code.startswith("run") else None
