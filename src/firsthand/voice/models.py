from __future__ import annotations

import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


def secret() -> str:
    return secrets.token_urlsafe(24)


class Mode(models.TextChoices):
    """How a call stands. Who hears whom in each is the one table in `voice.pure.modes`."""

    TALK = "talk", _("talking")
    HOLD = "hold", _("on hold")
    CONSULT = "consult", _("asking a specialist")
    LISTEN = "listen", _("a specialist listens")
    WHISPER = "whisper", _("a specialist whispers")
    CONFERENCE = "conference", _("all three talking")


class CallQuerySet(models.QuerySet["Call"]):
    def open(self) -> CallQuerySet:
        return self.filter(ended_at=None)


class Call(models.Model):
    """One spoken contact as the carrier knows it. The desk knows calls, not WebRTC."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    carrier = models.CharField(max_length=20)  # a name in voice.carriers
    mode = models.CharField(max_length=12, choices=Mode, default=Mode.TALK)
    # While a third person hears: the mode that was announced to both. The row refuses a third ear without it.
    announced = models.CharField(max_length=12, choices=Mode, blank=True, default="")
    # Goes up with every change of mode or legs; a client ignores what is older than what it has.
    epoch = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(db_default=Now())
    audible_at = models.DateTimeField(
        null=True
    )  # both sides received sound for the first time; never overwritten
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=12, blank=True, default="")  # a Leg.Role, "lost", or "house"

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="third_ear_is_announced",
                condition=~models.Q(mode__in=["listen", "whisper", "conference"])
                | models.Q(announced=models.F("mode")),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class LegQuerySet(models.QuerySet["Leg"]):
    def open(self) -> LegQuerySet:
        return self.filter(left_at=None)

    def with_page(self) -> LegQuerySet:
        return self.exclude(instance="")


class Leg(models.Model):
    """One party of a call: a browser page, later a telephone."""

    class Role(models.TextChoices):
        CUSTOMER = "customer", _("caller")
        HELPER = "helper", _("helper")
        SPECIALIST = "specialist", _("specialist")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    call = models.ForeignKey(Call, models.CASCADE, related_name="legs")
    role = models.CharField(max_length=12, choices=Role)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="legs")
    # The caller has no account: whoever holds this is the caller. Kept in an HttpOnly cookie, never in a URL.
    key = models.CharField(max_length=64, default=secret, unique=True)
    # Random for each page load; a change tells the others to build the connection anew. Empty: no page now.
    instance = models.CharField(max_length=40, blank=True, default="")
    joined_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())
    audible_at = models.DateTimeField(null=True)  # receives sound from the one it talks to now
    lost_at = models.DateTimeField(null=True)  # silent for longer than the grace; null again when it returns
    left_at = models.DateTimeField(null=True)

    objects = LegQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_open_leg_a_role", fields=["call", "role"], condition=models.Q(left_at=None)
            )
        ]
        indexes: ClassVar = [
            # The sweeper asks every second who has been silent.
            models.Index(name="open_leg_seen", fields=["seen_at"], condition=models.Q(left_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_away(self) -> bool:
        """It had a page, which is closed, reloading or silent. A page that has not come yet is not away."""
        return self.lost_at is not None or (not self.instance and self.seen_at > self.joined_at)
