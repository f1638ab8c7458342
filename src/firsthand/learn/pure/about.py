"""What an observation is about, guessed from the topic of the concern. The helper may choose otherwise."""

GUESS = {
    "praemie": "premium",
    "beitrag": "premium",
    "ipv": "premium",
    "zuzahlung": "premium",
    "kuendigung": "terms",
    "zusatz": "terms",
    "franchise": "terms",
    "modell": "terms",
    "unfall": "terms",
    "wechsel": "terms",
    "rueck": "claims",
    "leistung": "claims",
    "krankengeld": "claims",
    "pflege": "claims",
    "widerspruch": "letters",
    "karte": "portal",
    "admin": "portal",
    "umzug": "process",
    "familie": "process",
    "sonder": "process",
}


def guess(topic: str) -> str:
    return GUESS.get(topic, "other")
