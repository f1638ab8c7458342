"""Mail addresses: from the "@" to both sides, so that no long text is tried at every letter."""

import re
from collections.abc import Iterator

from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen.found import Span

_AT = re.compile(r"[ ]?[(\[](?:at|a|chez)[)\]][ ]?|@")
_DOMAIN = re.compile(
    r"(?:[a-z0-9-]{1,63}(?:\.|[ ]?[(\[](?:dot|punkt|point|punto)[)\]][ ]?)){1,6}[a-z]{2,18}(?![a-z0-9])"
)
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._%+-'")
LONGEST = 64


def mails(folded: str) -> Iterator[Span]:
    for at in _AT.finditer(folded):
        start = at.start()
        while start > 0 and at.start() - start < LONGEST and folded[start - 1] in _LOCAL:
            start -= 1
        while start < at.start() and folded[start] in "._'-%+":
            start += 1
        domain = _DOMAIN.match(folded, at.end())
        if domain and start < at.start():
            yield Span(start, domain.end(), Category.MAIL, (start, domain.end()))
