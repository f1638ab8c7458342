"""What may stand in an entry: numbers, yes or no, short codes. A name or a word of a caller cannot."""

import json
import re
from collections.abc import Mapping

# A code or a public id; or a SHA-256, by which one chain vouches for another.
_CODE = re.compile(r"[a-z0-9_.:-]{0,40}|[0-9a-f]{64}")
# An id or a count. Anything longer would be a telephone or an insurance number.
_MOST = 10**10


def details(given: Mapping[str, object]) -> str:
    """As JSON; whatever is not a code is refused, and the message does not repeat it."""
    for name, value in given.items():
        if not (is_code(name) and _may_stand(value)):
            raise ValueError(
                f"a journal entry holds numbers and short codes: {name} ({type(value).__name__})"
            )
    return json.dumps(dict(given), sort_keys=True)


def is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def _may_stand(value: object) -> bool:
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, int):
        return abs(value) < _MOST
    return isinstance(value, str) and is_code(value)
