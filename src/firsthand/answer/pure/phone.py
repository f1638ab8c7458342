"""Numbers we call back."""

from __future__ import annotations

import phonenumbers
from phonenumbers import PhoneNumberType

# Whoever asks to be called on one of these is paid for the call.
_PAID_BY_US = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST})


def to_call(text: str, region: str) -> str:
    """As it is dialled from everywhere (E.164); empty if nobody can be reached on it, or only at a price."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) in _PAID_BY_US:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
