"""What is kept about one person, handed over or erased: `firsthand subject export|erase`. The same actions as
the officer's page, by a named officer, with a request that stays as proof."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from firsthand.cli.halt import Halt

if TYPE_CHECKING:
    from firsthand.members.models import Member
    from firsthand.people.models import Person
    from firsthand.protect.models import Request


def add(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="export|erase", required=True)
    export = verbs.add_parser("export", help="everything that is kept about a member, into one file")
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    export.add_argument(
        "--again", default="", metavar="WHY", help="if it was handed over already and got lost"
    )
    export.add_argument("--format", choices=["json", "pdf", "zip"], default="zip", help="(zip, encrypted)")
    erase = verbs.add_parser("erase", help="delete what no law keeps")
    erase.add_argument("--reason", required=True, help="as it is written into the request")
    erase.add_argument("--dry-run", action="store_true", help="say what would happen, and do nothing")
    for one in (export, erase):
        one.add_argument("--member", required=True, metavar="NUMBER", help="member number or AHV number")
        one.add_argument(
            "--by", required=True, metavar="E-MAIL", help="the data-protection officer who does it"
        )
        one.add_argument(
            "--identity",
            choices=["facts", "papers", "portal", "address"],
            default="papers",
            help="how we know that it is the person (papers)",
        )


def run(given: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.utils import translation

    from firsthand.cli import prepare
    from firsthand.kernel.refusal import Refusal

    prepare.check_done()
    with translation.override("en"):  # as everything here; the package is in its person's language
        try:
            officer, member = _officer(given.by), _member(given.member)
            return (
                _export(given, member, officer) if given.verb == "export" else _erase(given, member, officer)
            )
        except Refusal as no:
            raise Halt(str(no)) from None


def _officer(email: str) -> "Person":
    from firsthand.people.models import Person, Role

    officers = Person.objects.working().with_role(Role.PROTECTION)
    person: Person | None = officers.filter(email=email.lower()).first()
    if person is None:
        raise Halt(
            f"{email} is no data-protection officer here. An organiser gives the role on the page People."
        )
    return person


def _member(number: str) -> "Member":
    from firsthand.protect import queries

    member = queries.member_named(number)
    if member is None:
        raise Halt("No member has this number.")
    return member


def _request(kind: str, member: "Member", officer: "Person", identity: str, words: str = "") -> "Request":
    """The open one of this member, or a new one: nothing is handed over or erased without."""
    from firsthand.protect import actions
    from firsthand.protect.models import Request

    found = Request.objects.open().filter(member=member, kind=kind).exclude(state="decided").first()
    if found is None:
        return actions.take_down(
            kind, way="letter", member=member, identity=identity, words=words, by=officer
        )
    if not found.identity:
        actions.check_identity(found, identity, by=officer)
    return found


def _export(given: argparse.Namespace, member: "Member", officer: "Person") -> int:
    from firsthand.protect import actions
    from firsthand.protect.package import passphrase

    _insurer()
    with _new_file(given.out) as file:
        request, word = _request("access", member, officer, given.identity), passphrase()

        def keep(made: bytes) -> None:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())

        made = actions.make_package(
            request, word=word, form=given.format, again=given.again, keep=keep, by=officer
        )
    print(f"{given.out}: {len(made):,} bytes, for request {request.pk}.")
    if given.format == "zip":
        print(f"Password, kept nowhere: {word}", file=sys.stderr)
    else:
        print("This file is not encrypted. Hand it over and delete it.", file=sys.stderr)
    return 0


def _insurer() -> None:
    """The cover says who answers for it. The demo's home does not: its settings do."""
    from django.conf import settings

    if not settings.INSURER:
        raise Halt(
            "The cover of the package names the insurer, and none is set. Nothing was handed over. "
            "Set FIRSTHAND_INSURER; for the home of a demo FIRSTHAND_DEMO=1.",
            code=2,
        )


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """Made before anything is noted as handed over, readable for this user alone; gone again if it is not."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Halt(f"{path} is there already. Name a new file.", code=2) from None
    except OSError as error:
        raise Halt(f"{path} cannot be written: {error.strerror}. Nothing was handed over.", code=2) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _erase(given: argparse.Namespace, member: "Member", officer: "Person") -> int:
    from django.db import transaction

    from firsthand.kernel import zones
    from firsthand.protect import actions, queries, words

    if not given.reason.strip():
        raise Halt("Say in --reason why it is erased: it is written into the request. Nothing was erased.")
    if given.dry_run:
        fared = actions.erase_subject(queries.of_member(member), dry_run=True, by=officer)
    else:
        request = _request("erasure", member, officer, given.identity, given.reason)
        with zones.of(zones.PROTECTION), transaction.atomic():  # refused, it is not granted either
            actions.decide(request, "granted", by=officer)
            fared = actions.erase_asked(request, by=officer)
    for one in fared:
        law = words.law(one.law)
        print(f"{one.fate:<7} {one.rows:>6}  {one.table.name}{f'  ({law})' if law else ''}")
    print("Nothing was erased: this was a dry run." if given.dry_run else "Done. Now tell the person.")
    return 0
