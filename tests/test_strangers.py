"""Who may reach what: every address of the house, asked by everybody who might try, for what is not theirs.

Ada talks with Frau Keller, whose file is open to her. All others ask for her contact, her legs, her promise,
her observation. An address that stands in none of the lists below is a test that fails: whoever adds one says
for whom it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters
from django.utils import timezone
from django.utils.timezone import get_default_timezone

from firsthand.answer import actions as answer
from firsthand.answer.models import Promise
from firsthand.learn import actions as learn
from firsthand.people.models import ANSWERING, Person, Role
from firsthand.plan import actions as plan
from firsthand.plan.actions import knowing, uploads
from firsthand.plan.models import (
    Assignment,
    Forecast,
    ForecastDay,
    FrontWeek,
    Need,
    Queue,
    Requirement,
    Room,
    Roster,
    Shift,
    Swap,
)
from firsthand.protect import actions as protect
from firsthand.protect.models import BreakGlass, Grant
from firsthand.voice import actions as voice
from firsthand.voice import queries as calls
from firsthand.voice.models import Leg
from tests import world
from tests.answer import room
from tests.learn import stands
from tests.people.signing import client_of
from tests.protect import outreach

pytestmark = pytest.mark.django_db

# Without an account, and why.
PUBLIC = {
    "home:start": "the doors: sign in, or call",
    "answer:call": "a customer calls and never needs an account",
    "answer:callback": "a verb of whoever holds the caller's cookie; without it, back to the start",
    "answer:give-up": "the same",
    "answer:again": "the same",
    "voice:microphone": "a caller tests the microphone before the call",
    "people:language": "everybody chooses the language of the pages",
    "people:welcome": "the invited have no account yet; the word in the address is the key",
    "account_login": "the sign-in",
    "account_logout": "who is signed out already is sent to the sign-in or the start",
    "account_inactive": "says that an account is closed, to whoever tried to use it",
    "account_signup": "says that nobody signs up",
    "account_email_verification_sent": "a sentence, the same for everybody",
    "account_confirm_email": "the key in the address is the proof",
    "account_reset_password": "who forgot the password cannot sign in",
    "account_reset_password_done": "a sentence, the same for everybody",
    "account_reset_password_from_key": "the key in the address is the proof",
    "account_reset_password_from_key_done": "a sentence, the same for everybody",
    "mfa_login_webauthn": "the sign-in with a passkey",
    "socialaccount_login_cancelled": "the sign-in of the insurer's own provider",
    "socialaccount_login_error": "the same",
    "socialaccount_signup": "says that nobody signs up",
    "plan:feed": "a calendar program cannot sign in; the word in the address is the key",
    "": "old addresses of allauth, which lead to the four above",
}
# Whoever works here.
SIGNED_IN = {
    "people:me", "people:secrecy", "people:here", "people:locked", "voice:mine", "answer:wall", "learn:board",
    "learn:newest", "protect:screen", "learn:observe", "learn:me-too", "know:find", "know:concern",
    "protect:my_shields", "plan:shifts", "plan:my_week", "plan:volunteer", "plan:calendar", "plan:be_absent",
    "plan:forget_calendar", "plan:make_feed", "plan:take_back_feed",
}  # fmt: skip
# One's own account: allauth's pages, which know only who is signed in and ask for a proof before a change.
ACCOUNT = {
    "account_reauthenticate", "account_email", "account_change_password", "account_set_password",
    "account_confirm_login_code", "mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn",
    "socialaccount_connections", "mfa_remove_webauthn", "mfa_edit_webauthn",
}  # fmt: skip
ORGANISER = {Role.ORGANISER}
CONSENTS = {Role.ADVISOR, Role.ORGANISER, Role.PROTECTION}
BY_ROLE = {
    "answer:desk": ANSWERING, "answer:ready": ANSWERING, "answer:away": ANSWERING,
    "answer:promises": ANSWERING | ORGANISER,
    # What others promised the back office keeps; everybody else their own.
    "answer:keep": {Role.ADVISOR, Role.SPECIALIST},
    "answer:take-over": ANSWERING | ORGANISER,
    # Of their own open file; without one there is nothing.
    "protect:who_looked": frozenset(),
    "answer:needs": {Role.PROTECTION, Role.ORGANISER}, "answer:need": {Role.PROTECTION},
    "answer:own-number": {Role.PROTECTION}, "answer:forget-own-number": {Role.PROTECTION},
    "answer:watch": ORGANISER, "learn:owners": ORGANISER,
    "people:list": ORGANISER, "people:add": ORGANISER, "people:person": ORGANISER, "people:invite": ORGANISER,
    "people:leave": ORGANISER, "people:come_back": ORGANISER,
    "train:readiness": ORGANISER, "train:give_everybody": ORGANISER, "train:give": ORGANISER,
    "train:take_away": ORGANISER, "plan:week": ORGANISER, "plan:change": ORGANISER,
    "plan:call_off": ORGANISER, "plan:overview": ORGANISER,
    **dict.fromkeys(
        (
            *("plan:days", "plan:half_day", "plan:rules", "plan:add_room", "plan:add_training", "plan:room"),
            *("plan:training", "plan:drop_room", "plan:drop_training", "plan:people", "plan:person"),
            *("plan:decide", "plan:take_back", "plan:call", "plan:call_up", "plan:invite", "plan:letters"),
            *("plan:own_words", "plan:send", "plan:send_again"),
        ),
        ORGANISER,
    ),
    **dict.fromkeys(
        (
            *("plan:hold", "plan:hold_day", "plan:hold_moment", "plan:reckon", "plan:stop_reckoning"),
            *("plan:what_if", "plan:drop_what_if", "plan:roster", "plan:work_out", "plan:stop_roster"),
            *("plan:publish", "plan:drop_roster", "plan:place", "plan:absent", "plan:lock"),
            "plan:door",  # and whoever is called up; of those who ask here nobody is
        ),
        ORGANISER,
    ),
    **dict.fromkeys(
        (
            *("plan:volumes", "plan:day", "plan:unmark", "plan:events", "plan:copy_events"),
            *("plan:remove_event", "plan:upload", "plan:forecast", "plan:forecast_day", "plan:run_forecast"),
            *("plan:stop_forecast", "plan:withdraw"),
        ),
        ORGANISER,
    ),
    "protect:overview": {Role.PROTECTION}, "protect:document": {Role.PROTECTION},
    "protect:looked": {Role.PROTECTION}, "protect:check": {Role.PROTECTION},
    "protect:find_member": {Role.PROTECTION}, "protect:looks_csv": {Role.PROTECTION},
    "protect:looks_json": {Role.PROTECTION}, "protect:sheet": {Role.PROTECTION},
    "protect:reviews": {Role.PROTECTION}, "protect:review": {Role.PROTECTION},
    "protect:open": {Role.ADVISOR, Role.SPECIALIST}, "protect:close": {Role.ADVISOR, Role.SPECIALIST},
    "protect:search": {Role.ADVISOR, Role.SPECIALIST},
    "protect:requests": {Role.PROTECTION}, "protect:request": {Role.PROTECTION},
    "protect:move": {Role.PROTECTION}, "protect:package": {Role.PROTECTION},
    "protect:cases": {Role.PROTECTION},
    "protect:retention": {Role.PROTECTION}, "protect:clock": {Role.PROTECTION},
    "protect:yes": {Role.PROTECTION}, "protect:lift": {Role.PROTECTION},
    # Of their own open file; without one there is nobody to ask for.
    "protect:ask": frozenset(),
    "protect:shields": {Role.PROTECTION}, "protect:unshield": {Role.PROTECTION},
    "protect:consents": CONSENTS, "protect:consents_find": CONSENTS, "protect:consents_of": CONSENTS,
    "protect:give": CONSENTS, "protect:withdraw": CONSENTS, "protect:no_calls": CONSENTS,
    "protect:find_no_calls": CONSENTS, "protect:no_calls_of": CONSENTS, "protect:lift_no_calls": CONSENTS,
    "protect:proof": CONSENTS, "protect:begin_call": CONSENTS - {Role.PROTECTION},
}  # fmt: skip
UPLOADED = {
    "plan:columns", "plan:queues", "plan:again", "plan:read_in", "plan:stop_upload", "plan:drop",
}  # fmt: skip
# Ada's, and nobody else's whatever the role. The demo's page does not exist outside a demo.
OWN = {
    "answer:take", "answer:decline", "answer:hold", "answer:resume", "answer:hang-up", "answer:reached",
    "answer:not-reached", "answer:verify", "answer:concerns", "answer:concern", "answer:record",
    "answer:promise", "answer:close", "answer:open-sealed", "answer:search-notes",
    "protect:answer_review",  # of the person who opened the file
    "answer:no-advertising",
    "voice:topology", "voice:signal", "voice:beat", "voice:hangup", "learn:withdraw",
    "people:demo",
    "plan:answer", "plan:wish", "plan:be_there", "plan:exchange", "plan:ask_swap", "plan:answer_swap",
    # A file of volumes is of the organiser who chose it.
    *UPLOADED,
}  # fmt: skip
# An offer that is not, or no longer, somebody's is a sentence; it says nothing about the contact.
SENTENCE = {"answer:take", "answer:decline"}
CLOSED = {403, 404, 405}
CALLS_OUT = {"protect:consents_of", "protect:begin_call", "protect:give", "protect:withdraw", "protect:proof"}
MARKS = ("Keller", "Ruth", "Limmatstrasse", "100200300", "443218765", "Knie operiert")


@dataclass(frozen=True)
class Address:
    name: str
    path: str


def patterns(
    resolver: URLResolver, before: str = "", space: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, route, f"{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name or ''}", route, one


NAMES = sorted({name for name, _, _ in patterns(get_resolver())})


@pytest.fixture(autouse=True)
def _sessions_in_cookies(settings):
    """Where a session is kept changes nothing of who may do what: read and written in the database with each of four
    thousand questions, it took a third of the time.
    """
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"


@pytest.fixture
def adas() -> SimpleNamespace:
    """What is Ada's, and Frau Keller's."""
    ada = world.ada()
    contact = room.talking(ada, carrier="browser", name="Ruth Keller", phone="044 321 87 65")
    room.verify(contact)
    answer.write(contact, answered="Knie operiert", by=ada)
    due_on = timezone.localdate() + timedelta(days=3)
    week = FrontWeek.objects.create(name="Autumn", starts_on=due_on, ends_on=due_on)
    plan.call_up(week, [ada], by=world.otto())
    aare = plan.put_room(week, name="Aare", language="de", seats=9, by=world.otto())
    works = rostered(week, aare, due_on, ada)
    legs = {leg.role: leg for leg in Leg.objects.filter(call=contact.call_id)}
    return SimpleNamespace(
        ada=ada,
        contact=contact,
        member=world.frau_keller(),
        proof=outreach.consent(),
        kept_out=protect.suppress(number="044 321 99 99", by=ada),
        shield=protect.shield(
            world.beat(), number="100200300", born_on=date(1958, 3, 4), kind="relative", by=world.beat()
        ),
        promise=answer.promise(contact, words="We write to her.", due_on=timezone.localdate(), by=ada),
        observation=learn.observe("Nobody understands the letter.", by=ada),
        week=week,
        room=aare,
        works=works,
        training=plan.put_training(week, day=due_on, language="de", seats=9, by=world.otto()),
        absence=plan.be_absent(due_on, due_on, by=ada),
        helper=legs["helper"],
        customer=legs["customer"],
        concern=world.concern(),
        asked=protect.take_down("access", way="call", member=world.frau_keller(), identity="facts", by=ada),
        hold=protect.hold(world.frau_keller(), reason="Court case", until=due_on, by=ada),
        run=protect.dry_run(due_on, by=None),
        opened=opened_once(),
        upload=uploads.receive(b"Start;Calls\n2026-11-02 08:00;4\n", by=world.otto()),
        mark=knowing.mark("outage", None, SINCE, SINCE + timedelta(hours=1), reason="Line", by=world.otto()),
        forecast=works.roster.need.forecast,
        correction=knowing.correct(
            *(None, timezone.now(), timezone.now() + timedelta(days=9), Decimal(2)),
            reason="Letters",
            by=world.otto(),
        ),
        event=knowing.add_event("letters", "Letters", None, due_on, due_on, by=world.otto()),
    )


SINCE = datetime(2026, 11, 2, 8, tzinfo=UTC)


def a_forecast(day: date) -> Forecast:
    queue = Queue.objects.create(code="de", name="Deutsch", language="de")
    made = Forecast.objects.create(first=SINCE.date(), last=day, history_until=SINCE.date(), state="done")
    ForecastDay.objects.create(forecast=made, queue=queue, day=day, mean=2, low=1, mid=2, high=3)
    return made


def rostered(week: FrontWeek, aare: Room, day: date, ada: Person) -> Assignment:
    """Ada answers on one half-day of the published roster, and asks Carla to take it."""
    begins = datetime.combine(day, time(9), tzinfo=get_default_timezone())
    hours = {"starts_at": begins, "ends_at": begins + timedelta(hours=4)}
    need = Need.objects.create(week=week, forecast=a_forecast(day), state="done")
    Requirement.objects.create(
        **{"need": need, "language": "de", "starts_at": begins, "minutes": 30, "calls": 4, "helpers": 2},
        **{"helpers_low": 1, "helpers_high": 3, "specialists": 1, "service_level": 0.8},
    )
    held = Roster.objects.create(week=week, need=need, state="done", published_at=timezone.now())
    half_day = Shift.objects.create(week=week, day=day, part="morning", **hours)
    works = Assignment.objects.create(
        roster=held, person=ada, shift=half_day, room=aare, duty=Assignment.Duty.ANSWERS, **hours
    )
    Swap.objects.create(gives=works, asked_by=ada, asked=world.carla())
    return works


def opened_once() -> BreakGlass:
    """Carla opened the file without a call, and closed it."""
    carla, keller = world.carla(), world.frau_keller()
    opened = protect.break_glass(keller, kind="letter", branch="basic", reason="A letter of Monday", by=carla)
    protect.close_opened(by=carla)
    return opened


def addresses(adas: SimpleNamespace) -> list[Address]:
    """Every address, filled with what is Ada's. The leg of each side is asked for."""
    pks = {
        "answer:keep": adas.promise.pk, "answer:take-over": adas.promise.pk, "learn:me-too": adas.observation.pk,
        "learn:withdraw": adas.observation.pk,
        "protect:no_calls_of": adas.kept_out.pk, "protect:lift_no_calls": adas.kept_out.pk,
        "protect:proof": adas.proof.pk, "protect:unshield": adas.shield.pk,
        "plan:room": adas.room.pk, "plan:drop_room": adas.room.pk,
        "plan:training": adas.training.pk, "plan:drop_training": adas.training.pk,
        "plan:be_there": adas.absence.pk,
        "plan:stop_forecast": adas.forecast.pk, "plan:withdraw": adas.correction.pk,
        "plan:unmark": adas.mark.pk, "plan:remove_event": adas.event.pk,
        **dict.fromkeys(UPLOADED, adas.upload.pk),
        "plan:drop_what_if": adas.works.roster.need_id, "plan:stop_reckoning": adas.works.roster.need_id,
        "plan:stop_roster": adas.works.roster_id, "plan:publish": adas.works.roster_id,
        "plan:drop_roster": adas.works.roster_id, "plan:place": adas.works.roster_id,
        "plan:absent": adas.works.roster_id, "plan:lock": adas.works.pk, "plan:exchange": adas.works.pk,
        "plan:ask_swap": adas.works.pk, "plan:answer_swap": Swap.objects.get(gives=adas.works).pk,
        "protect:review": adas.opened.pk, "protect:answer_review": adas.opened.pk,
        "protect:request": adas.asked.pk, "protect:move": adas.asked.pk, "protect:package": adas.asked.pk,
        "protect:lift": adas.hold.pk, "protect:yes": adas.run.pk,
    }  # fmt: skip
    values = {
        "public_id": adas.contact.public_id, "member": adas.member.pk, "word": "nonsense", "key": "a-b",
        "code": adas.concern.code, "uidb36": "1", "about": adas.concern.code, "category": "separation",
        "verb": "start", "term": "contact_caller", "language": "de", "name": "loeschkonzept", "day": "2026-11-02",
        "person": adas.ada.pk, "kind": "callup", "shift": adas.works.shift_id, "token": "nonsense",
        "on": adas.works.shift.day.isoformat(), "at": "0900",
    }  # fmt: skip
    found = []
    for name, route, _ in patterns(get_resolver()):
        for leg in (adas.helper, adas.customer) if "leg_id" in route else (adas.helper,):
            of_week = "weeks/<int:pk>" in route or "shifts/<int:pk>" in route
            pk = pks.get(name, adas.week.pk if of_week else adas.ada.pk)
            mine = {**values, "leg_id": leg.pk, "pk": pk}
            found.append(Address(name, filled(route, mine)))
    return found


def filled(route: str, values: dict[str, object]) -> str:
    """The address of this route; allauth still writes two of its own as regular expressions."""
    plain = re.sub(r"\(\?P(<\w+>)[^()]*\)", r"\1", route).replace("^", "").replace("$", "")

    def value(field: re.Match[str]) -> str:
        kind = get_converters().get(field[1] or "")
        return str(kind.to_url(values[field[2]]) if kind else values[field[2]])

    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", value, plain)


def asked(client: Client, path: str) -> Iterator[HttpResponse]:
    """Read and posted; what it did is taken back, so that each question finds the same house."""
    cookies = client.cookies.copy()
    for ask in (client.get, client.post):
        around = transaction.atomic()
        around._from_testcase = True  # no part of the house: a page may enter a zone inside it
        with around:
            yield ask(path)
            transaction.set_rollback(True)
        client.cookies = cookies.copy()


def allowed(role: Role) -> set[str]:
    return {*SIGNED_IN, *(name for name, roles in BY_ROLE.items() if role in roles)}


def as_it_was(adas: SimpleNamespace) -> bool:
    return (
        room.state(adas.contact) == "connected"
        and Promise.objects.filter(kept_at=None).exists()
        and stands.said(withdrawn_at=None)
        and Grant.objects.open().count() == 1
        and Leg.objects.open().filter(call=adas.contact.call_id).count() == 2
        and Person.objects.working().filter(pk=adas.ada.pk).exists()
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_address_says_for_whom_it_is(name):
    lists = [PUBLIC, SIGNED_IN, ACCOUNT, BY_ROLE, OWN]
    assert sum(name in one for one in lists) == 1, f"{name} stands in no list, or in two"


def test_no_list_names_an_address_that_is_not_there():
    assert {*PUBLIC, *SIGNED_IN, *ACCOUNT, *BY_ROLE, *OWN} == set(NAMES)


def test_without_an_account_only_the_public_addresses_answer(adas):
    for address in addresses(adas):
        for response in asked(Client(), address.path):
            assert not any(mark in response.content.decode() for mark in MARKS), address
            if address.name not in PUBLIC:
                to_sign_in = response.status_code == 302 and response["Location"].startswith(
                    "/accounts/login/"
                )
                assert to_sign_in or response.status_code in CLOSED, (address, response.status_code)
    assert as_it_was(adas)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_its_own_addresses_and_nobody_elses_contact(adas, role):
    stranger = world.person("Zoe Zuber", role, ready=True)
    client, may = client_of(stranger), allowed(role)
    for address in addresses(adas):
        for response in asked(client, address.path):
            said = (address, response.status_code)
            assert response.status_code < 500, said
            if address.name in {*PUBLIC, *ACCOUNT}:
                pass  # what they show to whom is allauth's, or asked without an account above
            elif address.name in may:
                assert response.status_code != 404, said
            elif address.name in SENTENCE and role in ANSWERING and response.status_code == 422:
                assert "no longer offered to you" in response.content.decode()
            else:
                assert response.status_code in CLOSED, said
            shows = [mark for mark in MARKS if mark in response.content.decode()]
            if address.name in CALLS_OUT and address.name in may:
                continue  # who may call whom to advertise sees name and number, and nothing of the file
            # The data-protection officer sees whose file was looked at, by its number.
            # Whose request it is, by name: who answers it writes to them. What was wrong stands on that page too.
            if role is Role.PROTECTION and address.name in ("protect:request", "protect:package"):
                shows = [mark for mark in shows if mark not in ("Keller", "Ruth")]
            assert not shows or (role is Role.PROTECTION and shows == ["100200300"]), (address, shows)
    assert as_it_was(adas)


def test_another_caller_reaches_nothing_of_this_call(adas):
    """Somebody else who calls, with a key of their own; and one who made up a key."""
    other, leg = voice.start(carrier="browser")
    for key in (leg.key, "x" * len(leg.key), "", "é", adas.helper.key):
        client = Client()
        client.cookies[calls.CALLER_COOKIE] = key
        for verb in ("topology", "signal", "beat", "hangup"):
            for theirs in (adas.customer, adas.helper):
                for response in asked(client, f"/voice/{theirs.pk}/{verb}"):
                    assert response.status_code in CLOSED, (verb, theirs.role, response.status_code)
        for path in ("/call/", "/call/back/", "/call/give-up/", "/call/again/"):
            for response in asked(client, path):
                assert str(adas.contact.public_id) not in response.content.decode()
    assert as_it_was(adas)
    assert other.ended_at is None


def test_the_caller_sees_nothing_of_the_record_nor_of_the_file(adas):
    client = Client()
    client.cookies[calls.CALLER_COOKIE] = adas.customer.key
    page = client.get("/call/").content.decode()
    assert "Ada" in page
    assert not any(
        mark in page for mark in ("Lindner", "Keller", "Limmatstrasse", "100200300", "Knie operiert")
    )
    assert client.get(f"/voice/{adas.helper.pk}/topology").status_code == 404


def test_ids_in_addresses_cannot_be_guessed(adas):
    """Contacts and legs are named by random numbers; what is counted up is checked by person or role."""
    assert adas.contact.public_id.version == 4
    assert {leg.pk.version for leg in (adas.helper, adas.customer)} == {4}
    assert len(adas.customer.key) >= 32
    counted = {name for name, route, _ in patterns(get_resolver()) if "<int:" in route}
    # Everybody may know of a front week, and volunteer for it.
    weeks = {"plan:my_week", "plan:volunteer", "plan:calendar"}
    assert counted <= {*BY_ROLE, *OWN, *ACCOUNT, "learn:me-too", *weeks}


def test_a_contact_that_is_over_is_nobodys_any_more(adas):
    answer.hang_up(adas.contact, by=adas.ada)
    answer.close(adas.contact, solved=True, by=adas.ada)
    for address in addresses(adas):
        if address.name.startswith("answer:") and str(adas.contact.public_id) in address.path:
            for response in asked(client_of(adas.ada), address.path):
                assert response.status_code in {404, 405, 422}, address
                assert "Keller" not in response.content.decode()
    assert not Grant.objects.open().exists()
    assert client_of(adas.ada).get("/protect/who-looked/").status_code == 404
