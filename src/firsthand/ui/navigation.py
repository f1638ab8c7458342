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
    return [
        Link(address, label, request.path == address)
        for name, label in PAGES
        if (found := _page(name)) and (address := found[0]) and _may(person, found[1])
    ]


@cache
def _page(name: str) -> tuple[str, frozenset[str]] | None:
    try:
        address = reverse(name)
    except NoReverseMatch:
        return None
    return address, getattr(resolve(address).func, "only_roles", frozenset())


def _may(person: object, roles: frozenset[str]) -> bool:
    return not roles or bool(roles & set(getattr(person, "roles", [])))
