"""What can be typed."""

import argparse
import importlib
import sys
from collections.abc import Callable

from firsthand import __version__
from firsthand.cli import attack, forecast, retention, roster, simulate, staffing, subject
from firsthand.cli.halt import Halt

HELP = """\
Firsthand {version}: the week in which everybody answers the customers.

Look around
  firsthand demo            a made-up insurer with a day behind it
  firsthand demo --busy     the same on a November morning, with synthetic callers

Work with it
  firsthand up              database, pages and worker in one; Ctrl-C stops them
  firsthand invite E-MAIL   a new link for somebody to sign in with, once
  firsthand doctor          is everything well? If not, what to do
  firsthand documents       what a supervisor asks for, with your terms
  firsthand attack          does anything come across the wall? In a throw-away house
  firsthand check-chain     was anything in the journal or the read log changed?
  firsthand subject         hand over or erase what is kept about one member
  firsthand retention       what goes tonight: count it, or let it go
  firsthand rotate-keys     a new key for what is sealed; the old one is destroyed
  firsthand certs           a certificate, so that other machines get a microphone

Protect
  firsthand screen notes    what free texts give away: JSON lines in, JSON lines out

Run the parts yourself (systemd, containers)
  firsthand prepare         bring the database up to date
  firsthand roles --sql     the roles for a database server of your own
  firsthand serve           only the pages
  firsthand worker          only the clock: lost calls, expired offers, jobs
  firsthand planner         only what reckons for long: forecasts, needs, rosters
  firsthand check --deploy  are the settings fit for real people?
  firsthand django …        Django's own commands: shell, dbshell, migrate …

Compute with figures of your own (no database)
  firsthand forecast        how many will call, from past intervals
  firsthand staffing        how many agents a service level takes
  firsthand simulate        what happens with consults, patience, several languages
  firsthand roster          who works when: rules, wishes, rooms, training first

Each says more:  firsthand up --help
Settings are environment variables:  docs/guide/settings.md
"""

# Django's commands that make or change tables. All others ask as the pages do.
AS_OWNER = {"migrate", "makemigrations", "sqlmigrate", "showmigrations", "createcachetable"}


def run(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(HELP.format(version=__version__), end="")
        return 0
    if arguments[0] in {"-V", "--version", "version"}:
        print(__version__)
        return 0
    if arguments[0] in {"django", "check"}:
        return _django(arguments[1:] if arguments[0] == "django" else arguments)
    parser, commands = _parser()
    if arguments[0] not in commands.choices:
        raise Halt(f"There is no command “{arguments[0]}”. What there is: firsthand --help", code=2)
    given = parser.parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = importlib.import_module(given.module).run
    return command(given)


def _django(arguments: list[str]) -> int:
    from contextlib import nullcontext

    import django
    from django.core.management import execute_from_command_line

    django.setup()
    from firsthand.kernel import zones

    with zones.of(zones.OWNER) if {*arguments} & AS_OWNER else nullcontext():
        execute_from_command_line(["firsthand django", *arguments])
    return 0


def _parser() -> "tuple[argparse.ArgumentParser, argparse._SubParsersAction[argparse.ArgumentParser]]":
    parser = argparse.ArgumentParser(prog="firsthand", add_help=False)
    commands = parser.add_subparsers(prog="firsthand", metavar="COMMAND", required=True)

    def command(name: str, module: str, says: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, description=says)
        added.set_defaults(module=f"firsthand.cli.{module}", command=name)
        return added

    demo = command(
        "demo", "house", "Start a made-up insurer to look around in. Its data lie in a home of their own."
    )
    demo.add_argument("--busy", action="store_true", help="synthetic callers and helpers, clearly marked")
    up = command("up", "house", "Start everything. The first start makes the first organiser.")
    up.add_argument("--organiser", metavar="E-MAIL", help="who may come in first and invite the others")
    serve = command("serve", "web", "Only the pages. The database must be up to date: firsthand prepare.")
    for one in (demo, up, serve):
        _address(one)
    worker = command("worker", "worker", "Only the clock and the jobs. Two of them do no harm: one waits.")
    command("planner", "planner", "Only the long jobs of planning. Two of them do no harm: one waits.")
    worker.add_argument("--busy", action="store_true", help=argparse.SUPPRESS)
    command("prepare", "prepare", "Bring the database up to date and load the catalogue of concerns.")
    roles = command("roles", "roles", "As whom Firsthand signs in to the database, one login for each zone.")
    roles.add_argument("--sql", action="store_true", help="the statements that an administrator runs once")
    roles.add_argument("--postgresql", type=int, default=16, metavar="VERSION", help="of your server (16)")
    invite = command(
        "invite", "invite", "Print a link with which somebody signs in once. An earlier link ends with it."
    )
    invite.add_argument("email", metavar="E-MAIL")
    doctor = command(
        "doctor", "doctor", "Say what is well and what must be mended; exit code 1 if anything must."
    )
    doctor.add_argument("--json", action="store_true", help="for a machine to read")
    attack.add(command("attack", "attack", "Try to get across the purpose wall, in a house made for that."))
    chain = command(
        "check-chain",
        "check_chain",
        "Check that no entry of the journal or of the read log was changed or taken away.",
    )
    chain.add_argument("--json", action="store_true", help="for a machine to read")
    command(
        "rotate-keys",
        "rotate_keys",
        "Make a new key for what is sealed and destroy the old one. Stopped on the way, it goes on where it was.",
    )
    one = command("subject", "subject", "Hand over, or erase, everything that is kept about one person.")
    subject.add(one)
    night = command("retention", "retention", "Count what is past its clock, or let it go.")
    retention.add(night)
    certs = command(
        "certs", "certs", "Make a certificate of your own. Browsers give a microphone only over https."
    )
    certs.add_argument("names", metavar="NAME", nargs="*", help="more names or addresses people will type")
    _screen(command("screen", "screen", "Say what free texts give away, and what of it their concern needs."))
    documents = command(
        "documents",
        "documents",
        "Write what a supervisor asks for: regulation, record, impact assessment, deletion concept, map.",
    )
    documents.add_argument("folder", metavar="FOLDER", help="where to; in de/ and fr/")
    documents.add_argument("--insurer", default="", metavar="NAME", help="whose they are")
    documents.add_argument("--check", action="store_true", help="write nothing; exit code 1 if out of date")
    documents.add_argument(
        "--as-delivered", action="store_true", help="the house's terms, without a database"
    )
    staffing_command = command(
        "staffing",
        "staffing",
        "How many agents a service level takes, or how good so many are (Erlang C, A).",
    )
    staffing.add(staffing_command)
    forecast.add(
        command("forecast", "forecast", "Forecast calls by day and interval, from past ones. No database.")
    )
    roster.add(command("roster", "roster", "Find who works when, from an instance. No database."))
    simulate.add(
        command("simulate", "simulate", "Simulate a scenario: one interval, a day, a season. No database.")
    )
    return parser, commands


def _screen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["notes"], help="call notes as JSON, one a line")
    parser.add_argument("file", metavar="FILE", nargs="?", default="-", help="(- = what is typed or piped)")
    parser.add_argument("--needs", metavar="FILE", help="what your concerns need, as JSON or TSV")
    parser.add_argument("--patterns", metavar="FILE", help="your own policy and claim numbers, as TSV")


def _address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="0.0.0.0 = reachable from other machines (127.0.0.1)"
    )
    parser.add_argument("--port", type=_port, default=8000, help="(8000)")
    parser.add_argument("--tls", action="store_true", help="https, with the certificate of `firsthand certs`")


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    print(f"firsthand: {text} is no port; give a number from 1 to 65535.", file=sys.stderr)
    raise SystemExit(2)
