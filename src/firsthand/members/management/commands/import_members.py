"""firsthand django import_members FILE.csv [--dry-run]: see docs/guide/members.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firsthand.kernel.refusal import Refusal
from firsthand.members import actions


class Command(BaseCommand):
    help = "Add members from a CSV file and bring known ones up to date; all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check everything, keep nothing")

    def handle(self, *, file: Path, dry_run: bool, **more: Any) -> None:
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                done = actions.import_members(lines, dry_run=dry_run, by=None)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CommandError(_("The file is not UTF-8. Save it as “CSV UTF-8” and try again.")) from error
        except Refusal as no:
            raise CommandError(str(no)) from no
        said = {"members": done.members, "new": done.new, "covers": done.covers}
        self.stdout.write(_("%(members)d members, %(new)d of them new, %(covers)d covers.") % said)
        if dry_run:
            self.stdout.write(_("A dry run: nothing was kept."))
