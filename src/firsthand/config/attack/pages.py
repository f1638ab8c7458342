"""Every address of the house, asked by nobody, by a caller and by each role, for what is somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any
from unittest import mock

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters

from firsthand.config.attack import beside, house, place
from firsthand.config.attack.findings import Leak, Say, quiet
from firsthand.config.attack.marks import Mark
from firsthand.config.attack.world import World
from firsthand.people.models import Person, Role
from firsthand.protect.models import Confidence
from firsthand.voice.models import Leg
from firsthand.voice.queries import CALLER_COOKIE

COPY = "attacked_pages"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MOST = 2  # addresses of one route, each with other numbers in it
NOT_OURS = re.compile(
    r"^(account|mfa|socialaccount)_"
)  # allauth's, which knows who is signed in and nothing else
PART = {"HX-Request": "true"}
HELPING = frozenset({"helper", "stranger", "advisor", "specialist", "executive", "organiser"})
# What a role is shown although no file is open to it: table, columns (none: all), who, where. Each is a decision
# of the house; whatever stands in no line is a leak.
SHOWN: tuple[tuple[str, frozenset[str], frozenset[str], str], ...] = (
    # Said aloud on the board.
    ("learn_observation", frozenset(), frozenset({*HELPING, "owner", "protection"}), ""),
    # What is owed to callers: its words to who gave them (the helper), and to the back office, which keeps it.
    ("answer_promise", frozenset({"words"}), frozenset({"helper", "advisor", "specialist"}), "answer:"),
    # Their own openings, with what the officer said.
    ("protect_breakglass", frozenset(), frozenset({"advisor"}), "protect:"),
    ("protect_review", frozenset(), frozenset({"advisor"}), "protect:"),
    # The proof of a consent is shown at once, and the look is logged (UWG § 7a).
    ("protect_consent", frozenset(), frozenset({"advisor", "organiser"}), "protect:"),
    # Whom somebody named as a relative, to that person.
    (
        "members_member",
        frozenset({"given_name", "family_name", "number"}),
        frozenset({"executive"}),
        "protect:my_shields",
    ),
    # The number that they have just typed there, in the form that is shown again.
    ("members_member", frozenset({"number"}), frozenset({*HELPING, "owner"}), "protect:my_shields"),
    # What was asked for on the phone is shown to whoever asked: the number they are called back at.
    ("answer_contact", frozenset({"callback_phone", "caller_name"}), frozenset({"caller"}), "answer:call"),
)
# Advisors and specialists open a file by number and with a reason; it is logged and reviewed.
BREAKERS = {Role.ADVISOR.value, Role.SPECIALIST.value}
# Not about a member, and still nobody's to see.
SECRET = {"people_person", "protect_wall_key", "django_session", "mfa_authenticator", "typed"}


@dataclass(frozen=True)
class Address:
    name: str
    path: str


@dataclass
class Visitor:
    """Who asks, and which marks they may be shown."""

    who: str
    client: Client
    person: Person | None = None
    own: int | None = None  # the member whose file is open to them
    typed: Mark | None = None
    opened: set[int] = field(default_factory=set)


def run(
    world: World, *, only: str = "", whom: Sequence[str] = (), say: Say = quiet
) -> tuple[list[Leak], int, list[str]]:
    """What leaked, how many requests were made, and which pages failed. `only`: addresses whose name has that."""
    leaks: list[Leak] = []
    notes: list[str] = []
    asked = 0
    for who in whom or visitors(world):
        say(f"pages: as {who}")
        with place.copied(house.HOUSE, COPY):
            visitor = _enter(world, who)
            for address, way, response in _answers(world, visitor, only):
                asked += 1
                leaks += judged(world, visitor, address, way, response)
                if response.status_code >= 500 and address.name not in ("", BROKEN):
                    notes.append(f"{response.status_code} {visitor.who} {way} {address.name}")
            leaks += beside.look(world, visitor.who)
            connection.close()
    return leaks, asked, sorted(set(notes))


def visitors(world: World) -> list[str]:
    return ["nobody", "caller", *(name for name in world.people if name != "colleague")]


def _enter(world: World, who: str) -> Visitor:
    client = Client(headers={"Accept": "text/html"}, raise_request_exception=False)
    visitor = Visitor(who, client, typed=world.marks.new("typed", "by hand"))
    if who == "caller":
        call = world.contacts["own"].call_id
        client.cookies[CALLER_COOKIE] = Leg.objects.get(call=call, role="customer").key
    elif who != "nobody":
        visitor.person = Person.objects.get(pk=world.people[who].pk)
        client.force_login(visitor.person, backend=BACKEND)
        visitor.own = world.own.pk if who == "helper" else None
    return visitor


def _answers(world: World, visitor: Visitor, only: str) -> Iterator[tuple[Address, str, Any]]:
    """Everything is read first; then posted, which changes this copy of the house."""
    there = [one for one in addresses(world) if only in one.name]
    form = fields(world, visitor)
    asked = {**form, "number": form["query"]}  # no number of anybody is known to an address
    routes: set[str] = set()
    for address in there:
        yield address, "GET", visitor.client.get(address.path)
        if address.name not in routes:
            yield address, "GET part", visitor.client.get(address.path, headers=PART)
            yield address, "GET with a form", visitor.client.get(address.path, asked)
        routes.add(address.name)
    for address in there:
        _stay(visitor)
        yield address, "POST", visitor.client.post(address.path, form)
    yield from _errors(visitor, form)


def _stay(visitor: Visitor) -> None:
    """Signing out is an address too."""
    if visitor.person is not None and "_auth_user_id" not in visitor.client.session:
        visitor.client.force_login(visitor.person, backend=BACKEND)


BROKEN = "know:find"


def _errors(visitor: Visitor, form: dict[str, str]) -> Iterator[tuple[Address, str, Any]]:
    """Not there, not allowed, not well-formed; and a view that fails with the words in its mouth."""
    word = visitor.typed.word if visitor.typed else ""
    for path in (
        f"/{word}/",
        f"/know/{word}/",
        f"/desk/{word}/take/",
        f"/people/welcome/{word}/",
        f"/?next={word}",
    ):
        yield Address("", path), "GET", visitor.client.get(path)
        yield Address("", path), "POST", visitor.client.post(path, form)
    yield Address("", "/"), "GET of another host", visitor.client.get("/", HTTP_HOST=f"{word}.example")
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = visitor.client.cookies
    yield Address("", "/call/"), "POST of another site", strict.post("/call/", form)
    for fails in (_says_it, _in_the_database):
        with mock.patch.object(_pattern(BROKEN), "callback", fails):
            yield (
                Address(BROKEN, "/know/"),
                f"a failure, {fails.__name__}",
                visitor.client.get("/know/", form),
            )


def _says_it(request: HttpRequest) -> HttpResponse:
    raise ValueError(request.GET.urlencode())


def _in_the_database(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::int", [request.GET.urlencode()])
    raise AssertionError


def _pattern(name: str) -> URLPattern:
    return next(one for found, _, one in patterns(get_resolver()) if found == name)


def patterns(
    resolver: URLResolver, before: str = "", space: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, route, f"{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name or ''}", route, one


def addresses(world: World) -> list[Address]:
    """Filled with the numbers of others: contacts, members, confidences, and small numbers that count up."""
    legs = [str(one) for one in Leg.objects.order_by("pk").values_list("pk", flat=True)[:4]]
    contacts = [str(world.contacts[name].public_id) for name in ("others", "closed", "own")]
    members = [str(world.members[name].pk) for name in ("others", "closed", "own")]
    known = {
        "public_id": contacts, "leg_id": legs, "member": members, "language": ["de"], "name": ["map"],
        "about": ["CH01"], "category": ["health"], "form": ["csv"], "word": ["nonsense"], "key": ["a-b"],
        "code": ["CH01", "confidence", "note"], "verb": ["start", "identity", "decide", "answer"], "uidb36": ["1"],
    }  # fmt: skip
    sealed = _sealed()
    found = []
    for name, route, _ in patterns(get_resolver()):
        if NOT_OURS.match(name):
            continue
        wanted = re.findall(r"<(?:(\w+):)?(\w+)>", route)
        choices = [
            sealed if kind == "uuid" and one == "pk" else known.get(one, ["1", "2", "3"])
            for kind, one in wanted
        ]
        for values in islice(product(*choices), MOST):
            found.append(
                Address(name, _filled(route, dict(zip((one for _, one in wanted), values, strict=True))))
            )
    return found


def _sealed() -> list[str]:
    with place.connect() as plain:
        return [
            str(pk)
            for (pk,) in plain.execute(f"SELECT id FROM {Confidence._meta.db_table} LIMIT 4").fetchall()
        ]


def _filled(route: str, values: dict[str, str]) -> str:
    plain = re.sub(r"\(\?P(<\w+>)[^()]*\)", r"\1", route).replace("^", "").replace("$", "")

    def value(field: re.Match[str]) -> str:
        kind = get_converters().get(field[1] or "")
        return str(kind.to_url(values[field[2]]) if kind else values[field[2]])

    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", value, plain)


def fields(world: World, visitor: Visitor) -> dict[str, str]:
    """What forms of the house ask for, with somebody else's numbers and words that must not travel."""
    word = visitor.typed.word if visitor.typed else ""
    theirs, contact = world.members["others"], world.contacts["others"]
    theirs.refresh_from_db()
    text = f"Something about {word} and more"
    return {
        "words": text, "answered": text, "reason": text, "why": text, "note": text, "q": word, "query": word,
        "name": f"Given {word}", "email": f"{word}@example.org", "phone": "079 321 65 47", "born_on": "11.11.1951",
        "postcode": "8001", "number": theirs.number, "member": str(theirs.pk), "contact": str(contact.public_id),
        "concern": "1", "purpose": "kvg_a", "kind": "letter", "branch": "basic", "language": "de", "solved": "yes",
        "due_on": "2030-01-01", "category": "health", "field": "note", "person": "1", "instance": "tab-1",
        "form": "json", "word": "a-long-password", "way": "letter", "says": "asked", "identity": "papers",
    }  # fmt: skip


def judged(world: World, visitor: Visitor, address: Address, way: str, response: Any) -> Iterator[Leak]:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    head = "\n".join(
        [*(f"{name}: {value}" for name, value in response.headers.items()), response.cookies.output()]
    )
    # What stands in the address that was asked for may come back in a redirect; what was posted may not.
    posted = way == "POST" and visitor.typed is not None and visitor.typed.word not in address.path
    echoed = set() if posted else {visitor.typed}
    told = {mark for mark in world.marks.in_text(head) if not _may(world, visitor, address, mark)} - echoed
    shown = {mark for mark in world.marks.in_text(body) if not _may(world, visitor, address, mark)} - {
        visitor.typed
    }
    for where, wrong in (("head", told), ("body", shown)):
        if wrong:
            first, *_ = found = sorted(wrong, key=lambda one: one.number)
            marks = ", ".join(f"mark {mark}" for mark in found[:3])
            way_in = f"{where} of {address.name}: {first.table}"
            yield Leak("pages", visitor.who, way_in, f"{way} {address.path}", marks)


def _may(world: World, visitor: Visitor, address: Address, mark: Mark) -> bool:
    if mark.member is None and mark.table not in SECRET:
        return visitor.person is not None  # a row of the house, made up to be there
    if visitor.own is not None and mark.member == visitor.own:
        return True
    for table, columns, who, where in SHOWN:
        shown = mark.table == table and (not columns or mark.column in columns)
        if shown and visitor.who in who and address.name.startswith(where):
            return True
    if (
        visitor.who in BREAKERS
        and mark.member == world.members["others"].pk
        and address.name.startswith("protect:")
    ):
        return True
    return visitor.who == Role.PROTECTION.value and mark.table not in (
        "protect_note",
        "protect_confidence",
        *SECRET,
    )
