"""The few topics a caller can choose from, each standing for topics of the catalogue.

These slugs are the one vocabulary for readiness: train.Readiness.topic, answer.Contact.topic and
answer.Seat.topics.
"""

GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "CH": {
        "praemie": ("praemie", "ipv"),
        "kuendigung": ("kuendigung", "zusatz"),
        "franchise": ("franchise", "modell"),
        "leistung": ("rueck", "leistung"),
        "umzug": ("umzug", "familie", "unfall", "sonder"),
        "admin": ("admin",),
    },
    "DE": {
        "praemie": ("beitrag",),
        "kuendigung": ("wechsel",),
        "krankengeld": ("krankengeld",),
        "leistung": ("leistung", "zuzahlung", "widerspruch"),
        "pflege": ("pflege",),
        "familie": ("familie",),
        "admin": ("admin", "karte"),
    },
}


def groups(country: str) -> list[str]:
    """What a caller of this country's insurer can choose, in the order shown."""
    return list(GROUPS[country])


def members_of(group: str, country: str) -> tuple[str, ...]:
    """The catalogue's topics behind a group; none if there is no such group."""
    return GROUPS[country].get(group, ())


def group_of(topic: str, country: str) -> str:
    """The group a catalogue topic belongs to; empty if none."""
    return next((group for group, topics in GROUPS[country].items() if topic in topics), "")
