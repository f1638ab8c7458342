from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.members.models import Member


class Shield(models.Model):
    """This member is somebody who works here, or belongs to them (§ 35 (1) sentence 3 SGB I). Whoever has a
    say in personnel matters never gets their contacts, and this person never opens the file. Seen by this
    person and by the data-protection officer, and by nobody else.
    """

    class Kind(models.TextChoices):
        SELF = "self", _("that is me")
        RELATIVE = "relative", _("a relative")

    member = models.ForeignKey(Member, models.PROTECT, related_name="shields")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="shields")
    kind = models.CharField(max_length=10, choices=Kind)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(name="shield_once", fields=["member", "person"]),
            models.CheckConstraint(
                name="shield_of_a_kind", condition=models.Q(kind__in=["self", "relative"])
            ),
        ]

    def __str__(self) -> str:
        return f"shield {self.pk}"
