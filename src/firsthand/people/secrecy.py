"""The duty of secrecy: its text, the law behind it, and its version. Whoever changes a sentence gives it a
new version; then everybody is asked to sign again before the next contact.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from firsthand.kernel.refusal import Refusal

if TYPE_CHECKING:
    from firsthand.people.models import Person

# Tested: the same version never stands for two texts.
EDITION = "2026-11"

LEAD = _(
    "Everything you learn about an insured person. The law binds you to it, today and after you have left."
)
BEFORE = _(
    "You hear things that people tell nobody else: illnesses, money, family. They tell you because they "
    "need help. It is not for anybody else."
)
DUTIES: tuple[Promise | str, ...] = (
    _(
        "Open a file only for the contact you are in. Who opened what is written down, and the insured "
        "person may see it."
    ),
    _("Write down what the concern needs, and no more."),
    _("Tell nobody: not at lunch, not at home, not your manager. Not even whether somebody is insured here."),
    _("If you know the person who calls, say so and hand the contact on."),
    _("Take no pictures and no copies with you."),
)
AFTER = _(
    "Whoever breaks this duty can be punished. If something slipped out, tell the data-protection officer at "
    "once: that helps the person concerned, and it helps you."
)
# Translated, because every language of Switzerland has its own names for the laws.
LAWS: dict[str, Promise | str] = {
    "CH": _("Art. 33 ATSG; Art. 92 KVG for whoever breaks it"),
    "DE": _("§ 35 SGB I; § 203 StGB for whoever breaks it"),
}


@dataclass(frozen=True)
class Text:
    version: str
    country: str

    lead = LEAD
    before = BEFORE
    duties = DUTIES
    after = AFTER

    @property
    def law(self) -> Promise | str:
        return LAWS[self.country]

    @property
    def digest(self) -> str:
        """Of the English source: the translations follow it."""
        with override(None):
            words = "\n".join(str(one) for one in (LEAD, BEFORE, *DUTIES, AFTER, self.law))
        return hashlib.sha256(words.encode()).hexdigest()


def text() -> Text:
    """The text in force here: the same sentences everywhere, the law of the insurer's country."""
    country = settings.COUNTRY if settings.COUNTRY in LAWS else "CH"
    return Text(f"{country}-{EDITION}", country)


class NotSigned(Refusal):
    says = _(
        "What insured persons tell us is for those who have signed the duty of secrecy, and you have not signed "
        "the text in force yet. Nothing was opened; reading and signing it takes a minute."
    )
    where: ClassVar = {"address": reverse_lazy("people:secrecy"), "label": _("Sign it now")}


def must_have_signed(person: Person) -> None:
    """The text in force: a new one empties the day on which the old one was signed (`publish_secrecy`)."""
    if person.secrecy_signed_at is None:
        raise NotSigned
