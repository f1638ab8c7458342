"""Why a note may be kept: closed lists out of the law, one for each country. There is no "other"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firsthand.members.models import Cover

BASIC, SUPPLEMENTARY = Cover.Branch.BASIC.value, Cover.Branch.SUPPLEMENTARY.value


class Purpose(models.TextChoices):
    """One note, one purpose. The code is stored; law, country and branch stand in `FACTS`."""

    # Switzerland, basic insurance: Art. 84 (1) KVG, one letter each
    KVG_A = "kvg_a", _("Insurance cover: joining, leaving, who is insured")
    KVG_B = "kvg_b", _("Premiums: working them out and collecting them")
    KVG_C = "kvg_c", _("Benefits: checking, working out and paying them")
    KVG_D = "kvg_d", _("Premium reduction by the canton")
    KVG_E = "kvg_e", _("Recourse to somebody who is liable")
    KVG_F = "kvg_f", _("Supervision of basic insurance")
    KVG_G = "kvg_g", _("Statistics")
    KVG_H = "kvg_h", _("Allocating or checking the AHV number")
    KVG_I = "kvg_i", _("Risk equalisation")
    # Switzerland, supplementary insurance: a private contract
    VVG_CONTRACT = "vvg_contract", _("Supplementary insurance: the contract")
    VVG_BENEFIT = "vvg_benefit", _("Supplementary insurance: benefits")
    # Germany: § 284 (1) sentence 1 SGB V, one number each
    SGB_1 = "sgb_1", _("Insurance and membership")
    SGB_2 = "sgb_2", _("Health card and certificates of entitlement")
    SGB_3 = "sgb_3", _("Contributions: duty, amount, payment")
    SGB_4 = "sgb_4", _("Benefits, co-payments and reimbursement")
    SGB_5 = "sgb_5", _("Support after a treatment error")
    SGB_6 = "sgb_6", _("Costs taken over for people who are not insured")
    SGB_7 = "sgb_7", _("Opinion of the Medical Service")
    SGB_8 = "sgb_8", _("Invoices of doctors, hospitals and others")
    SGB_9 = "sgb_9", _("Watching over the costs of care")
    SGB_10 = "sgb_10", _("Settlement with other social insurers")
    SGB_11 = "sgb_11", _("Refunds and compensation claims")
    SGB_12 = "sgb_12", _("Remuneration contracts")
    SGB_13 = "sgb_13", _("Care management and special forms of care")
    SGB_14 = "sgb_14", _("Risk structure compensation and treatment programmes")
    SGB_15 = "sgb_15", _("Discharge from hospital")
    SGB_16 = "sgb_16", _("Help with sick pay and in hospice advice")
    SGB_16A = "sgb_16a", _("Duties of suppliers of aids")
    SGB_17 = "sgb_17", _("Rehabilitation")
    SGB_18 = "sgb_18", _("New forms of care, offered to the insured")
    SGB_19 = "sgb_19", _("The electronic patient record")
    # Germany, long-term care: § 94 (1) SGB XI. The fund for long-term care stands beside the health fund.
    CARE_1 = "care_1", _("Long-term care insurance: membership")
    CARE_2 = "care_2", _("Long-term care insurance: contributions")
    CARE_3 = "care_3", _("Long-term care insurance: benefits")

    @property
    def basis(self) -> Promise:
        """The legal basis that stands on the note."""
        return FACTS[self].basis

    @property
    def country(self) -> str:
        return FACTS[self].country

    @property
    def branch(self) -> str:
        return FACTS[self].branch

    @property
    def at_desk(self) -> bool:
        """A desk offers it. The others are in the law, and nothing a caller wants belongs to them."""
        return FACTS[self].at_desk


@dataclass(frozen=True)
class Fact:
    basis: Promise
    country: str
    branch: str
    at_desk: bool


# What a caller's concern may belong to. For the rest there are other systems than a note at a desk.
DESK = {
    *(Purpose.KVG_A, Purpose.KVG_B, Purpose.KVG_C, Purpose.KVG_D, Purpose.KVG_E),
    *(Purpose.VVG_CONTRACT, Purpose.VVG_BENEFIT),
    *(Purpose.SGB_1, Purpose.SGB_2, Purpose.SGB_3, Purpose.SGB_4, Purpose.SGB_5, Purpose.SGB_7),
    *(Purpose.SGB_8, Purpose.SGB_11, Purpose.SGB_15, Purpose.SGB_16, Purpose.SGB_17, Purpose.SGB_19),
    *(Purpose.CARE_1, Purpose.CARE_2, Purpose.CARE_3),
}

# Translated, because every language of Switzerland has its own names for the laws.
BASIS: dict[Purpose, Promise] = {
    Purpose.KVG_A: _("Art. 84 (1) a KVG"),
    Purpose.KVG_B: _("Art. 84 (1) b KVG"),
    Purpose.KVG_C: _("Art. 84 (1) c KVG"),
    Purpose.KVG_D: _("Art. 84 (1) d KVG"),
    Purpose.KVG_E: _("Art. 84 (1) e KVG"),
    Purpose.KVG_F: _("Art. 84 (1) f KVG"),
    Purpose.KVG_G: _("Art. 84 (1) g KVG"),
    Purpose.KVG_H: _("Art. 84 (1) h KVG"),
    Purpose.KVG_I: _("Art. 84 (1) i KVG"),
    Purpose.VVG_CONTRACT: _("VVG; Art. 31 (2) a DSG"),
    Purpose.VVG_BENEFIT: _("VVG; Art. 31 (2) a DSG"),
    Purpose.SGB_1: _("§ 284 (1) no. 1 SGB V"),
    Purpose.SGB_2: _("§ 284 (1) no. 2 SGB V"),
    Purpose.SGB_3: _("§ 284 (1) no. 3 SGB V"),
    Purpose.SGB_4: _("§ 284 (1) no. 4 SGB V"),
    Purpose.SGB_5: _("§ 284 (1) no. 5 SGB V"),
    Purpose.SGB_6: _("§ 284 (1) no. 6 SGB V"),
    Purpose.SGB_7: _("§ 284 (1) no. 7 SGB V"),
    Purpose.SGB_8: _("§ 284 (1) no. 8 SGB V"),
    Purpose.SGB_9: _("§ 284 (1) no. 9 SGB V"),
    Purpose.SGB_10: _("§ 284 (1) no. 10 SGB V"),
    Purpose.SGB_11: _("§ 284 (1) no. 11 SGB V"),
    Purpose.SGB_12: _("§ 284 (1) no. 12 SGB V"),
    Purpose.SGB_13: _("§ 284 (1) no. 13 SGB V"),
    Purpose.SGB_14: _("§ 284 (1) no. 14 SGB V"),
    Purpose.SGB_15: _("§ 284 (1) no. 15 SGB V"),
    Purpose.SGB_16: _("§ 284 (1) no. 16 SGB V"),
    Purpose.SGB_16A: _("§ 284 (1) no. 16a SGB V"),
    Purpose.SGB_17: _("§ 284 (1) no. 17 SGB V"),
    Purpose.SGB_18: _("§ 284 (1) no. 18 SGB V"),
    Purpose.SGB_19: _("§ 284 (1) no. 19 SGB V"),
    Purpose.CARE_1: _("§ 94 (1) no. 1 SGB XI"),
    Purpose.CARE_2: _("§ 94 (1) no. 2 SGB XI"),
    Purpose.CARE_3: _("§ 94 (1) no. 3 SGB XI"),
}
FACTS: dict[Purpose, Fact] = {
    purpose: Fact(
        basis=basis,
        country="CH" if purpose.value[:3] in ("kvg", "vvg") else "DE",
        branch=SUPPLEMENTARY if purpose.value.startswith("vvg") else BASIC,
        at_desk=purpose in DESK,
    )
    for purpose, basis in BASIS.items()
}

# Which purpose a concern of this topic belongs to; the helper may choose another.
BY_TOPIC: dict[str, dict[str, Purpose]] = {
    "CH": {
        "praemie": Purpose.KVG_B,
        "kuendigung": Purpose.KVG_A,
        "zusatz": Purpose.VVG_CONTRACT,
        "franchise": Purpose.KVG_B,
        "modell": Purpose.KVG_B,
        "rueck": Purpose.KVG_C,
        "leistung": Purpose.KVG_C,
        "ipv": Purpose.KVG_D,
        "unfall": Purpose.KVG_B,
        "umzug": Purpose.KVG_B,
        "familie": Purpose.KVG_A,
        "sonder": Purpose.KVG_A,
        "admin": Purpose.KVG_A,
    },
    "DE": {
        "beitrag": Purpose.SGB_3,
        "wechsel": Purpose.SGB_1,
        "familie": Purpose.SGB_1,
        "krankengeld": Purpose.SGB_4,
        "karte": Purpose.SGB_2,
        "zuzahlung": Purpose.SGB_4,
        "leistung": Purpose.SGB_4,
        "pflege": Purpose.CARE_3,
        "widerspruch": Purpose.SGB_4,
        "admin": Purpose.SGB_1,
    },
}
# Concerns whose note is about something else than the topic that they are answered under.
BY_CONCERN: dict[str, Purpose] = {
    "CH13": Purpose.KVG_C,  # an invoice that is not paid, not a change of model
    "CH26": Purpose.KVG_B,  # collecting the premium; the canton's reduction is CH25
    "CH30": Purpose.KVG_C,  # what maternity costs; nobody joins yet
    "CH31": Purpose.KVG_B,  # how much, not who
    "DE02": Purpose.SGB_1,  # leaving, for which a contribution is only the occasion
    "DE05": Purpose.CARE_2,
    "DE12": Purpose.SGB_4,  # maternity pay
    "DE16": Purpose.SGB_16,  # the help with sick pay (§ 44 (4) SGB V), not the sick pay
    "DE20": Purpose.SGB_19,
}
FIRST = {"CH": Purpose.KVG_A, "DE": Purpose.SGB_1}
BENEFITS = {Purpose.KVG_C, Purpose.VVG_BENEFIT}


def proposed(country: str, topic: str = "", branches: Collection[str] = (), *, concern: str = "") -> Purpose:
    """What the desk puts on the note until the helper chooses: what the concern is about.

    A concern of supplementary insurance alone is never noted under basic insurance.
    """
    purpose = BY_CONCERN.get(concern) or BY_TOPIC[country].get(topic, FIRST[country])
    if branches and purpose.branch not in branches and SUPPLEMENTARY in branches and country == "CH":
        return Purpose.VVG_BENEFIT if purpose in BENEFITS else Purpose.VVG_CONTRACT
    return purpose


def at_desk(country: str) -> list[Purpose]:
    """What a helper may choose from."""
    return [purpose for purpose in Purpose if purpose.country == country and purpose.at_desk]


def of_branches(branches: Collection[str]) -> list[str]:
    """The purposes of these branches of insurance: what a concern that needs them may read."""
    return [purpose.value for purpose in Purpose if purpose.branch in branches]


def here() -> list[str]:
    """The codes of all that a desk of this insurer may write down."""
    return [purpose.value for purpose in at_desk(settings.COUNTRY)]
