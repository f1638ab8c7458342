"""The callers' topics in words."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firsthand.know.pure import topics

LABELS: dict[str, dict[str, Promise]] = {
    "CH": {
        "praemie": _("Premium and payment"),
        "kuendigung": _("Cancelling or changing"),
        "franchise": _("Deductible and insurance model"),
        "leistung": _("Invoices and what we pay"),
        "umzug": _("Moving, family, new job"),
        "admin": _("Card, login, certificates"),
    },
    "DE": {
        "praemie": _("Contributions"),
        "kuendigung": _("Joining or leaving"),
        "krankengeld": _("Sick pay"),
        "leistung": _("What we pay, co-payments, objections"),
        "pflege": _("Long-term care"),
        "familie": _("Family"),
        "admin": _("Card, address, certificates"),
    },
}


def choices(country: str = "") -> list[tuple[str, Promise]]:
    """What a caller can choose from, each with its label."""
    return list(LABELS[country or settings.COUNTRY].items())


def label(topic: str, country: str = "") -> Promise | str:
    """A caller's topic, or a topic of the catalogue, in words."""
    country = country or settings.COUNTRY
    group = topic if topic in topics.groups(country) else topics.group_of(topic, country)
    return LABELS[country].get(group, topic)
