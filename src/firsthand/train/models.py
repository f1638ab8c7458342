from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Readiness(models.Model):
    """One person may answer one topic until a day. Routing enforces it and never relaxes it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="readiness")
    topic = models.CharField(max_length=20)  # a caller's topic: know.pure.topics
    until = models.DateField()  # the last day, included
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="readiness_once_a_topic", fields=["person", "topic"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.topic}"
