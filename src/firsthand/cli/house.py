"""`firsthand demo` and `firsthand up`: the whole house, and what to do in it."""

import argparse
import os
import sys
import time

from firsthand.cli import place
from firsthand.cli.halt import Halt
from firsthand.config import env


def run(given: argparse.Namespace) -> int:
    began = time.monotonic()
    demo = given.command == "demo"
    if demo:
        if env.text("DATABASE_URL"):
            raise Halt(
                "The demo keeps its own database and never writes into another. Unset DATABASE_URL for it."
            )
        os.environ["FIRSTHAND_DEMO"] = "1"
    place.into_environment(given)
    place.check_port(given.host, given.port)
    say(f"Firsthand {'demo ' if demo else ''}is starting …")

    from firsthand.cli import prepare, ready, supervisor

    house = supervisor.Supervisor(
        supervisor.children(given, busy=demo and given.busy), lambda: ready.answers(given.host, given.port)
    )
    try:
        if prepare.was_done():
            house.begin()  # while they wake up, we look whether everything is as it was
        prepare.prepare()
        link = "" if demo else _link(given.organiser)
    except BaseException:
        house.stop()
        raise
    return house.run(ready=lambda: say(words(demo, link, time.monotonic() - began)))


def _link(email: str | None) -> str:
    from firsthand.cli import invite

    return invite.first_organiser(email)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def words(demo: bool, link: str, seconds: float) -> str:
    from django.conf import settings
    from django.urls import reverse

    def line(what: str, page: str) -> str:
        return f"  {what:<28} {settings.ADDRESS}{reverse(page)}"

    lines = [f"Ready in {seconds:.1f} s:  {settings.ADDRESS}", ""]
    if demo:
        lines += [line("Be somebody of Firnlicht", "people:demo"), *_cast()]
    if link:
        lines += ["  Sign in as the first organiser, once, with this link:", f"  {link}", ""]
    lines += [line("Call as a customer", "answer:call"), line("The room's wall", "answer:wall"), ""]
    if not settings.HTTPS and "//localhost" not in settings.ADDRESS:
        lines += ["  Other machines have no microphone over http: run `firsthand certs`, then add --tls.", ""]
    return "\n".join([*lines, f"  Data in {settings.HOME}", "  Ctrl-C stops everything; nothing is lost."])


def _cast() -> list[str]:
    """One person for each role, as the demo's page offers them."""
    from django.utils import translation

    from firsthand.people.models import Person, Role

    people = Person.objects.working().filter(synthetic=False).order_by("pk")
    with translation.override("en"):
        firsts = [(people.with_role(role).first(), str(role.label).lower()) for role in Role]
    return [f"    {person.name:<20} {role}" for person, role in firsts if person]
