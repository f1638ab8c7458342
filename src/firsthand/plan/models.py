from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class FrontWeek(models.Model):
    """The weeks in which everybody answers. They do not overlap: a day belongs to one or none."""

    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))  # included

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="front_week_ends_after_it_starts", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
            ExclusionConstraint(
                name="front_weeks_do_not_overlap",
                expressions=[
                    (
                        DateRange(F("starts_on"), F("ends_on"), RangeBoundary(True, True)),
                        RangeOperators.OVERLAPS,
                    )
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def days_until(self) -> int:
        """How many days until it begins; none or fewer when it has."""
        return (self.starts_on - timezone.localdate()).days

    @property
    def begun(self) -> bool:
        return self.days_until <= 0
