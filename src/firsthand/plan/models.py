from __future__ import annotations

from django.db import models


class FrontWeek(models.Model):
    """The weeks in which everybody answers."""

    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day, included

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="front_week_ends_after_it_starts", condition=models.Q(ends_on__gte=models.F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return self.name
