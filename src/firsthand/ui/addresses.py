"""Numbers in addresses that nobody can count through: each carries a proof that this house has made it."""

from __future__ import annotations

from django.urls import register_converter
from django.utils.crypto import constant_time_compare, salted_hmac

LENGTH = 20  # hex digits: 80 bits


class Unguessable:
    """`12-5d0c…`, from `{% url %}` and `redirect` as a plain number is. One of another kind opens nothing."""

    kind = ""
    regex = f"[0-9]+-[0-9a-f]{{{LENGTH}}}"

    def to_python(self, value: str) -> int:
        number = value.partition("-")[0]
        if not constant_time_compare(value, self.to_url(number)):
            raise ValueError
        return int(number)

    def to_url(self, value: int | str) -> str:
        number = int(value)
        mac = salted_hmac("firsthand.address", f"{self.kind}:{number}", algorithm="sha256").hexdigest()
        return f"{number}-{mac[:LENGTH]}"


def unguessable(kind: str) -> str:
    """The name of the converter for numbers of this kind: `<proof_made_here:pk>`."""
    name = f"{kind}_made_here"
    register_converter(type(name, (Unguessable,), {"kind": kind}), name)
    return name
