"""What is expected: the forecast, what a planner corrected by hand, and how many people it takes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.kernel.fields import Listed
from firsthand.people.models import Person
from firsthand.plan.models.volumes import Queue
from firsthand.plan.models.weeks import FrontWeek, Room, Shift


class State(models.TextChoices):
    """Of work that a job does: progress is written as it goes, and it can be stopped."""

    WAITING = "waiting", _("waiting")
    WORKING = "working", _("working")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")
    FAILED = "failed", _("failed")


class Forecast(models.Model):
    """One run over all queues. Never changed: a new run is a new row, so that old ones can be measured."""

    first = models.DateField()
    last = models.DateField()
    state = Listed(max_length=8, choices=State, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    stop_asked = models.BooleanField(default=False)
    problem = models.CharField(max_length=40, blank=True, default="")  # a code, worded on the page
    history_until = models.DateField(null=True)  # the last day that was learnt from
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(name="forecast_ends_after_it_starts", condition=Q(last__gte=F("first")))
        ]

    def __str__(self) -> str:
        return f"forecast {self.pk}"


class ForecastValue(models.Model):
    """One interval of one queue: of ten such days one stays under `low`, five under `mid`, nine under `high`."""

    forecast = models.ForeignKey(Forecast, models.CASCADE, related_name="values")
    queue = models.ForeignKey(Queue, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    mean = models.FloatField()
    low = models.FloatField()
    mid = models.FloatField()
    high = models.FloatField()
    aht_seconds = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="forecast_value_once", fields=["forecast", "queue", "starts_at"]),
            models.CheckConstraint(
                name="forecast_value_ordered",
                condition=Q(low__gte=0, low__lte=F("mid"), mid__lte=F("high")),
            ),
        ]
        # What was said of an interval, by whichever forecast.
        indexes = [models.Index(name="forecast_value_by_time", fields=["queue", "starts_at"])]

    def __str__(self) -> str:
        return f"{self.queue_id} {self.starts_at:%Y-%m-%d %H:%M}"


class ForecastDay(models.Model):
    """One day of one queue. Its band is not the sum of its intervals': they are off together."""

    forecast = models.ForeignKey(Forecast, models.CASCADE, related_name="days")
    queue = models.ForeignKey(Queue, models.CASCADE, related_name="+")
    day = models.DateField()
    mean = models.FloatField()
    low = models.FloatField()
    mid = models.FloatField()
    high = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="forecast_day_once", fields=["forecast", "queue", "day"]),
            models.CheckConstraint(
                name="forecast_day_ordered", condition=Q(low__gte=0, low__lte=F("mid"), mid__lte=F("high"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.queue_id} {self.day}"


class ForecastScore(models.Model):
    """How good the members of one queue's forecast were in the backtest, and how they were weighed."""

    forecast = models.ForeignKey(Forecast, models.CASCADE, related_name="scores")
    queue = models.ForeignKey(Queue, models.CASCADE, related_name="+")
    # {member: {"weight", "wape", "mase", "bias", "pinball", "coverage", "floor_ratio"}}, with "naive",
    # "mean_of_four" and "combination" among the members; the last has "band" besides (pure.forecast.band).
    members = models.JSONField(default=dict)
    reason = models.CharField(max_length=40)  # a code: why these weights
    # What the update during the day needs (pure.forecast.Busy) and the grid it is on.
    busy = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(name="forecast_score_once", fields=["forecast", "queue"])]

    def __str__(self) -> str:
        return f"score of {self.forecast_id} {self.queue_id}"


class Correction(models.Model):
    """A planner knows better for a stretch: kept apart from the forecast, with who and why, and measured later."""

    queue = models.ForeignKey(Queue, models.CASCADE, null=True, blank=True, related_name="+")  # empty: all
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    factor = models.DecimalField(_("factor"), max_digits=5, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                name="correction_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="correction_within_reason", condition=Q(factor__gte=0, factor__lte=20)
            ),
        ]

    def __str__(self) -> str:
        return f"correction {self.pk}"


class Need(models.Model):
    """One reckoning of how many people a front week takes, upon one forecast. A what-if is one more."""

    week = models.ForeignKey(FrontWeek, models.CASCADE, related_name="needs")
    forecast = models.ForeignKey(Forecast, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=80, blank=True, default="")  # of a what-if
    # {} = as it stands; a what-if: {"people": -20, "shift_days": 2, "factor": 1.1, "events": […]}
    changes = models.JSONField(default=dict)
    state = Listed(max_length=8, choices=State, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    problem = models.CharField(max_length=40, blank=True, default="")
    seed = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"need {self.pk}"


class Requirement(models.Model):
    """How many answer one language in one interval: people at the desks, before shrinkage."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="requirements")
    language = models.CharField(max_length=5)
    topic = models.CharField(max_length=20, blank=True, default="")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    calls = models.FloatField()
    helpers = models.PositiveIntegerField()
    helpers_low = models.PositiveIntegerField()  # at the 10 % quantile of the calls
    helpers_high = models.PositiveIntegerField()  # at the 90 %
    specialists = models.PositiveIntegerField()
    erlang_c = models.PositiveIntegerField(null=True)  # empty: no number is enough
    erlang_a = models.PositiveIntegerField(null=True)
    service_level = models.FloatField()  # as simulated with these people: 0 to 1
    reason = models.CharField(max_length=40, blank=True, default="")  # a code: why it is not Erlang's number

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="requirement_once", fields=["need", "language", "topic", "starts_at"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.starts_at:%Y-%m-%d %H:%M}"


class Outcome(models.Model):
    """What callers would meet in one interval with the people rostered (and, in a what-if, fewer or more)."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="outcomes")
    language = models.CharField(max_length=5)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    calls = models.FloatField()
    helpers = models.PositiveIntegerField()  # at the desks
    specialists = models.PositiveIntegerField()
    service_level = models.FloatField()  # 0 to 1; with its 95 % interval
    service_low = models.FloatField()
    service_high = models.FloatField()
    abandoned = models.FloatField()  # share of the calls
    asa_seconds = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(name="outcome_once", fields=["need", "language", "starts_at"])]

    def __str__(self) -> str:
        return f"{self.language} {self.starts_at:%Y-%m-%d %H:%M}"


class Cover(models.Model):
    """How many a roster must put into one room on one half-day: need and shrinkage, cut to the seats."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="covers")
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    helpers = models.PositiveIntegerField()
    specialists = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="need_cover_once", fields=["need", "shift", "room"])]

    def __str__(self) -> str:
        return f"{self.shift_id} {self.room_id}"
