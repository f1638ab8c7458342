"""The whole model: what each person may do, and what people do together."""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.plan.pure.roster.instance import Assignment, Instance
from firsthand.plan.pure.roster.model import coupled, people
from firsthand.plan.pure.roster.model.build import Free, Model


def build(
    instance: Instance,
    *,
    given: Iterable[Assignment] = (),
    free: Free | None = None,
    relaxed: bool = False,
) -> Model:
    """The model of all that `free` leaves to decide; the rest is as in `given`. The objective is that of
    `evaluate`, less what the held part alone costs."""
    model = Model(instance, frozenset(given), free, relaxed)
    people.add(model)
    coupled.add(model)
    model.finish()
    return model
