"""Which category which concern needs, where the insurer decided otherwise than the programme."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.protect.models.confidences import CATEGORIES
from firsthand.protect.pure.categories import Category


class Need(models.Model):
    """One cell of the matrix. Without a row the programme's own rule holds (`protect.pure.needs.DEFAULT`)."""

    class State(models.TextChoices):
        NEEDED = "needed", _("needed")
        DROP = "drop", _("take out")
        SEAL = "seal", _("seal")

    # A concern of the catalogue (CH28) or one of its topics (umzug), as `Row.where`: `know` stands beside protect.
    about = models.CharField(max_length=20)
    category = models.CharField(max_length=20, choices=CATEGORIES)
    state = models.CharField(max_length=6, choices=State)
    reason = models.CharField(max_length=200)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(name="need_once", fields=["about", "category"]),
            models.CheckConstraint(
                name="need_is_one_of_three", condition=models.Q(state__in=["needed", "drop", "seal"])
            ),
            models.CheckConstraint(
                name="need_has_a_category", condition=models.Q(category__in=[one.value for one in Category])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.category}"


OWN_NUMBERS = [("policy", _("policy number")), ("claim", _("claim number"))]


class OwnNumber(models.Model):
    """How this insurer writes its policy and claim numbers: # a digit, @ a letter, all else as it stands."""

    category = models.CharField(max_length=20, choices=OWN_NUMBERS)
    form = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="own_number_once", fields=["form"]),
            models.CheckConstraint(
                name="own_number_is_a_number",
                condition=models.Q(category__in=["policy", "claim"], form__regex=r"#.*#.*#"),
            ),
        ]

    def __str__(self) -> str:
        return self.form
