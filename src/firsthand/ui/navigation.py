"""Which pages stand in the header. Who may open one is read from the page itself (`people.access.only`)."""

from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# In the order of a working day. A name that no room answers to is left out.
PAGES: list[tuple[str, str | Promise]] = [
    ("home:start", _("Today")),
    ("answer:desk", _("Desk")),
    ("answer:wall", _("The room")),
    ("answer:watch", _("Queue")),
    ("answer:promises", _("Promises")),
    ("know:find", _("Knowledge")),
    ("learn:board", _("Board")),
    ("plan:week", _("Front week")),
    ("train:readiness", _("Readiness")),
    ("people:list", _("People")),
    ("protect:looked", _("Who looked")),
]


@dataclass(frozen=True)
class Link:
    address: str
    label: str | Promise
    here: bool


def links(request: HttpRequest) -> list[Link]:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    pages = [
        (page[0], label)
        for name, label in PAGES
        if (page := _page(name)) is not None and _may(person, page[1])
    ]
    here = max((address for address, _ in pages if _within(request.path, address)), key=len, default="")
    return [Link(address, label, address == here) for address, label in pages]


def _within(path: str, address: str) -> bool:
    """`/weeks/7/` is within `/weeks/`; nothing but the start page is within the start page."""
    return path == address if address == "/" else path.startswith(address)


@cache
def _page(name: str) -> tuple[str, frozenset[str]] | None:
    try:
        address = reverse(name)
    except NoReverseMatch:
        return None
    return address, getattr(resolve(address).func, "only_roles", frozenset())


def _may(person: object, roles: frozenset[str]) -> bool:
    return not roles or bool(roles & set(getattr(person, "roles", [])))
