"""What a call note may give away: one closed list, for screen, corpus, matrix and confidences alike."""

from enum import StrEnum


class Category(StrEnum):
    """The code is stored and travels in JSON; the words for it stand in `protect.words`."""

    # Identifiers find the person in another register. Where a field exists for them, a note is no place.
    AHV = "ahv"  # AHV/AVS number
    CARD = "card"  # number of the insurance card (VEKA, EHIC)
    KVNR = "kvnr"  # German health insurance number
    RVNR = "rvnr"  # German pension insurance number
    TAX = "tax"  # tax ids
    IBAN = "iban"
    PAYMENT_CARD = "payment_card"
    PHONE = "phone"
    MAIL = "mail"
    BIRTH_DATE = "birth_date"
    POLICY = "policy"
    CLAIM = "claim"
    NIR = "nir"  # French social security number
    CODICE_FISCALE = "codice_fiscale"
    # Who and where
    NAME = "name"
    ADDRESS = "address"
    # Health, Art. 9 GDPR and Art. 5 (c) DSG
    HEALTH = "health"  # diagnoses and their codes, complaints, treatments; also in lay words
    MEDICATION = "medication"  # names and ATC codes
    # What people confide
    SEPARATION = "separation"
    DEBT = "debt"
    ADDICTION = "addiction"
    VIOLENCE = "violence"
    DEATH = "death"
    PREGNANCY = "pregnancy"
    WORKPLACE = "workplace"
    FAITH = "faith"
    POLITICS = "politics"
    FAMILY = "family"  # conflict in the family
    SEXUALITY = "sexuality"
    RESIDENCE = "residence"  # residence status


IDENTIFIERS = frozenset(
    {
        Category.AHV,
        Category.CARD,
        Category.KVNR,
        Category.RVNR,
        Category.TAX,
        Category.IBAN,
        Category.PAYMENT_CARD,
        Category.PHONE,
        Category.MAIL,
        Category.BIRTH_DATE,
        Category.POLICY,
        Category.CLAIM,
        Category.NIR,
        Category.CODICE_FISCALE,
    }
)
WHO = frozenset({Category.NAME, Category.ADDRESS})
MEDICAL = frozenset({Category.HEALTH, Category.MEDICATION})
CONFIDED = frozenset(Category) - IDENTIFIERS - WHO - MEDICAL


class Action(StrEnum):
    """What becomes of a finding. Nothing needed is ever dropped, nothing unneeded kept in silence."""

    KEEP = "keep"  # needed for this concern, or somebody said why
    DROP = (
        "drop"  # taken out of the text: an identifier leaves its kind in brackets, a confidence leaves "[…]"
    )
    SEAL = "seal"  # taken out of the text and kept apart, encrypted, for a short time
