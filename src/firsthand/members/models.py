from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Household(models.Model):
    """People insured together, at one address."""

    street = models.CharField(max_length=120)
    postcode = models.CharField(max_length=10)
    town = models.CharField(max_length=80)
    canton = models.CharField(max_length=2)


class Member(models.Model):
    """An insured person. Nothing here is shown before the caller is verified (see `protect.queries.file_for`)."""

    number = models.CharField(_("member number"), max_length=12, unique=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    # Folded (no accents, ae/oe/ue, lower case) by members.pure.names.fold; serves prefix search and sorts German right.
    sort_name = models.CharField(max_length=160, db_collation="C", db_index=True)
    born_on = models.DateField()
    ahv = models.CharField(max_length=13, unique=True, null=True)  # 13 digits, no dots  # noqa: DJ001
    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    phone = models.CharField(max_length=20, blank=True, default="", db_index=True)  # E.164
    email = models.EmailField(blank=True, default="")
    language = models.CharField(max_length=5, default="de")

    def __str__(self) -> str:
        return self.number

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class Cover(models.Model):
    """One product a member has: basic insurance with its model and franchise, or a supplementary product."""

    class Branch(models.TextChoices):
        BASIC = "basic", _("Basic insurance")
        SUPPLEMENTARY = "supplementary", _("Supplementary insurance")

    member = models.ForeignKey(Member, models.CASCADE, related_name="covers")
    branch = models.CharField(max_length=20, choices=Branch)
    product = models.CharField(max_length=80)
    franchise = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    premium = models.DecimalField(max_digits=8, decimal_places=2)  # a month
    currency = models.CharField(max_length=3, default="CHF")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cover_ends_after_it_starts",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return self.product
