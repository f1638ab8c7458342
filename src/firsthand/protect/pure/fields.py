"""Which parts of a file a concern needs. What stands in no list here is not even read from the database."""

from enum import StrEnum


class Part(StrEnum):
    """Beside name, number and products, by which a helper knows whom and what the talk is about."""

    BIRTH = "birth"  # the day of birth
    ADDRESS = "address"
    CANTON = "canton"
    PHONE = "phone"
    HOUSEHOLD = "household"  # who is insured together: names and years
    PREMIUM = "premium"
    FRANCHISE = "franchise"


# By topic of the catalogue (know.Concern.topic), for each country of which there is a catalogue. A topic that
# stands in both needs the same in both.
NEEDS: dict[str, frozenset[Part]] = {
    # Switzerland
    "praemie": frozenset({Part.PREMIUM, Part.FRANCHISE}),
    "ipv": frozenset({Part.PREMIUM, Part.CANTON, Part.HOUSEHOLD}),
    "kuendigung": frozenset({Part.PREMIUM, Part.FRANCHISE, Part.ADDRESS}),
    "zusatz": frozenset({Part.PREMIUM, Part.BIRTH}),
    "franchise": frozenset({Part.PREMIUM, Part.FRANCHISE, Part.BIRTH}),
    "modell": frozenset({Part.PREMIUM, Part.FRANCHISE}),
    "rueck": frozenset({Part.FRANCHISE, Part.ADDRESS}),
    "leistung": frozenset({Part.FRANCHISE, Part.BIRTH}),
    "umzug": frozenset({Part.PREMIUM, Part.ADDRESS, Part.CANTON, Part.HOUSEHOLD}),
    "familie": frozenset({Part.PREMIUM, Part.HOUSEHOLD, Part.BIRTH}),
    "unfall": frozenset({Part.PREMIUM}),
    "sonder": frozenset({Part.PREMIUM, Part.ADDRESS, Part.CANTON, Part.BIRTH}),
    "admin": frozenset({Part.ADDRESS, Part.BIRTH}),
    # Germany
    "beitrag": frozenset({Part.PREMIUM}),
    "wechsel": frozenset({Part.ADDRESS, Part.BIRTH}),
    "krankengeld": frozenset({Part.ADDRESS}),
    "zuzahlung": frozenset({Part.HOUSEHOLD}),
    "widerspruch": frozenset({Part.ADDRESS}),
    "pflege": frozenset({Part.BIRTH}),
    "karte": frozenset({Part.ADDRESS, Part.BIRTH}),
}

# By kind of break-glass: nobody is on the line, and what is written goes to an address.
OUTSIDE: dict[str, frozenset[Part]] = {
    "promise": frozenset({Part.PREMIUM, Part.FRANCHISE, Part.ADDRESS, Part.PHONE}),
    "letter": frozenset({Part.PREMIUM, Part.FRANCHISE, Part.ADDRESS}),
    "objection": frozenset({Part.PREMIUM, Part.FRANCHISE, Part.ADDRESS, Part.BIRTH}),
    "mistake": frozenset({Part.PREMIUM, Part.FRANCHISE, Part.ADDRESS, Part.BIRTH, Part.HOUSEHOLD}),
}


def needed(topic: str, *, callback: bool = False) -> frozenset[Part]:
    """What a concern of this topic needs; before one is named, and of one nobody listed, nothing more."""
    return NEEDS.get(topic, frozenset()) | (frozenset({Part.PHONE}) if callback else frozenset())
