"""A page that was shown to somebody may say that it is there, without a look at the session each time."""

from django.core import signing

SALT = "firsthand.answer.seat"
DAY = 24 * 60 * 60  # a page left open over night is asked to come again


def sign(person_id: int) -> str:
    return signing.dumps(person_id, salt=SALT)


def person_of(token: str) -> int | None:
    try:
        return int(signing.loads(token, salt=SALT, max_age=DAY))
    except (signing.BadSignature, ValueError, TypeError):
        return None
