from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from firsthand.members.pure import names


class Household(models.Model):
    """People insured together, at one address."""

    # The insurer's own key, so that an import finds the household again when the address has changed.
    number = models.CharField(max_length=20, unique=True, null=True)  # noqa: DJ001
    street = models.CharField(max_length=120)
    postcode = models.CharField(max_length=10)
    town = models.CharField(max_length=80)
    canton = models.CharField(max_length=2)

    def __str__(self) -> str:
        return f"household {self.pk}"


class MemberQuerySet(models.QuerySet["Member"]):
    def named(self, words: str) -> MemberQuerySet:
        """Family name first, any beginning of it: "mul", "Müller R". Served by the index in C collation."""
        return self.filter(sort_name__startswith=names.fold(words)).order_by("sort_name", "born_on")


class Member(models.Model):
    """An insured person. Nothing of it is shown before the caller is verified: `protect.queries.file_for`."""

    number = models.CharField(_("member number"), max_length=12, unique=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    # Folded (no accents, ae/oe/ue, lower case) by members.pure.names.sort_name: for prefix search, to sort
    # German names right.
    sort_name = models.CharField(max_length=200, db_collation="C")
    born_on = models.DateField()
    ahv = models.CharField(max_length=13, unique=True, null=True)  # 13 digits, no dots  # noqa: DJ001
    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    phone = models.CharField(max_length=20, blank=True, default="")  # E.164
    email = models.EmailField(blank=True, default="")
    language = models.CharField(max_length=5, default="de")
    # Then nothing of the above is left: the row stays so that counts and the journal still lead somewhere.
    erased_at = models.DateTimeField(null=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        # Plain indexes: `db_index` on a text column would add a second one for LIKE that nothing here needs.
        indexes = [
            models.Index(name="member_sort_name", fields=["sort_name"]),
            models.Index(name="member_phone", fields=["phone"], condition=~models.Q(phone="")),
            models.Index(name="member_born_on", fields=["born_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="member_number_bare", condition=models.Q(number__regex=r"^[A-Z0-9]+$")
            ),
            models.CheckConstraint(name="member_ahv_bare", condition=models.Q(ahv__regex=r"^756[0-9]{10}$")),
            models.CheckConstraint(
                name="member_phone_e164", condition=models.Q(phone__regex=r"^(\+[1-9][0-9]{6,14})?$")
            ),
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class CoverQuerySet(models.QuerySet["Cover"]):
    def on(self, day: date) -> CoverQuerySet:
        lasts = models.Q(ends_on=None) | models.Q(ends_on__gte=day)
        return self.filter(lasts, starts_on__lte=day)


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

    objects = CoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cover_ends_after_it_starts",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.UniqueConstraint(name="cover_once", fields=["member", "branch", "product", "starts_on"]),
        ]

    def __str__(self) -> str:
        return self.product
