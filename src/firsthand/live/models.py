from __future__ import annotations

from django.db import models


class Outbox(models.Model):
    """What changed, until every web process has read it (two minutes). No personal data."""

    id = models.BigIntegerField(primary_key=True)
    topic = models.CharField(max_length=120)
    message = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "live_outbox"

    def __str__(self) -> str:
        return self.topic
