"""A file of past volumes on its way in, and how far the house has counted itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.kernel.fields import Listed
from firsthand.people.models import Person
from firsthand.plan.models.forecasts import State
from firsthand.plan.models.volumes import Import, Queue


class Upload(models.Model):
    """One planner's file between choosing it and having it read in. Its bytes are kept, packed, until it was
    checked; the row goes an hour after the last step, and with the next file. Its name is not kept.
    """

    class Step(models.TextChoices):
        COLUMNS = "columns", _("which column holds what")
        QUEUES = "queues", _("which queue is which")
        CHECKING = "checking", _("being checked")
        FAULTY = "faulty", _("something is wrong with it")
        READY = "ready", _("ready to be read in")
        IMPORTING = "importing", _("being read in")
        DONE = "done", _("read in")

    by = models.OneToOneField(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())
    until = models.DateTimeField()
    step = Listed(max_length=9, choices=Step, default=Step.COLUMNS)
    packed = models.BinaryField(default=bytes)  # zlib; empty once it was checked
    encoding = models.CharField(max_length=12, default="utf-8-sig")
    digest = models.CharField(max_length=64)
    lines = models.PositiveIntegerField()
    mapping = models.JSONField(default=dict)
    names = models.JSONField(default=list)  # [[name in the file, language, id of our queue or null], …]
    found = models.JSONField(default=dict)  # faults by line, or what it would bring
    progress = models.PositiveSmallIntegerField(default=0)
    state = Listed(max_length=8, choices=State, default=State.DONE)  # of the job in this step
    stop_asked = models.BooleanField(default=False)
    problem = models.CharField(max_length=40, blank=True, default="")
    made = models.ForeignKey(Import, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="upload_progress_per_cent", condition=Q(progress__lte=100))
        ]

    def __str__(self) -> str:
        return f"upload {self.pk}"


class Staged(models.Model):
    """One interval that was checked and waits for a yes."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="staged")
    queue = models.ForeignKey(Queue, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    offered = models.PositiveIntegerField()
    answered = models.PositiveIntegerField(null=True)
    abandoned = models.PositiveIntegerField(null=True)
    aht_seconds = models.FloatField(null=True)

    class Meta:
        indexes = [models.Index(name="staged_by_time", fields=["upload", "starts_at"])]

    def __str__(self) -> str:
        return f"staged {self.pk}"


class Setup(models.Model):
    """What planning itself remembers; one row."""

    counted_until = models.DateField(null=True)  # the last day whose own calls flowed in

    class Meta:
        constraints = [models.CheckConstraint(name="plan_setup_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return "setup of planning"
