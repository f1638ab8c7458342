"""Which pages stand in the header. Who may open one is read from the page itself (`people.access.only`)."""

from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
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
    ("plan:shifts", _("When I answer")),
    ("plan:week", _("Front week")),
    ("plan:forecast", _("Forecast")),
    ("train:readiness", _("Readiness")),
    ("people:list", _("People")),
    ("protect:consents", _("May we call?")),
    ("protect:open", _("Open a file")),
    ("protect:overview", _("Protection")),
    ("answer:needs", _("What is needed")),
]

# So many stand beside each other on a screen of 1440 px, in every language. Whoever has more of them finds the last
# of what is not looked at all day, or has a way there from “Today”, under “More”.
LINE = 8
SELDOM = {
    *("answer:promises", "learn:board", "plan:shifts", "train:readiness"),
    *("protect:consents", "protect:open", "answer:needs"),
}
# What else belongs to a page, but does not stand below its address.
ALSO = {"plan:week": ["/rosters/"], "plan:forecast": ["/volumes/"]}


@dataclass(frozen=True)
class Link:
    address: str
    label: str | Promise
    here: bool
    seldom: bool = False


@dataclass(frozen=True)
class Links:
    shown: list[Link]
    more: list[Link]

    @property
    def here(self) -> bool:
        """Whether the page that is open stands under “More”."""
        return any(link.here for link in self.more)


def links(request: HttpRequest) -> Links:
    found = _links(request)
    if len(found) <= LINE:
        return Links(found, [])
    seldom = [link for link in found if link.seldom]
    more = seldom[-(len(found) - LINE + 1) :]  # “More” takes a place too
    return Links([link for link in found if link not in more], more)


def _links(request: HttpRequest) -> list[Link]:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    pages = [(name, label, _page(name)) for name, label in PAGES]
    may = [(name, label, page) for name, label, page in pages if page and _may(person, page.roles)]
    here = max((page for _, _, page in may if _within(request, page)), key=_depth, default=None)
    return [Link(page.address, label, page is here, name in SELDOM) for name, label, page in may]


@dataclass(frozen=True)
class Page:
    address: str
    below: tuple[str, ...]  # where one is on this page
    roles: frozenset[str]


def _within(request: HttpRequest, page: Page) -> bool:
    """`/weeks/7/` is within `/weeks/`, but `/people/me/` is for everybody and so not within `/people/`."""
    if page.address == "/":
        return request.path == "/"
    return request.path.startswith(page.below) and _roles(request.path) == page.roles


def _depth(page: Page) -> int:
    return len(page.address)


@cache
def _page(name: str) -> Page | None:
    try:
        address = reverse(name)
    except NoReverseMatch:
        return None
    return Page(address, (address, *ALSO.get(name, ())), _roles(address))


def _roles(address: str) -> frozenset[str]:
    try:
        return getattr(resolve(address).func, "only_roles", frozenset())
    except Resolver404:
        return frozenset()


def _may(person: object, roles: frozenset[str]) -> bool:
    return not roles or bool(roles & set(getattr(person, "roles", [])))
