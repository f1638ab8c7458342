"""The night's retention by hand: `firsthand retention --dry-run | --run`."""

import argparse
from datetime import timedelta

from firsthand.cli.halt import Halt


def add(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--dry-run", action="store_true", help="count what goes tomorrow; nothing is touched")
    which.add_argument("--run", action="store_true", help="do today's run, which was counted yesterday")


def run(given: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.utils import translation

    from firsthand.cli import prepare
    from firsthand.kernel import zones

    prepare.check_done()
    with zones.of(zones.PROTECTION), translation.override("en"):
        return _night(given)


def _night(given: argparse.Namespace) -> int:
    from django.utils.timezone import localdate

    from firsthand.kernel.refusal import Refusal
    from firsthand.protect import actions

    try:
        if given.run:
            done = actions.carry_out(localdate(), by=None)
        else:
            done = actions.dry_run(localdate() + timedelta(days=1), by=None)
    except Refusal as no:
        raise Halt(str(no)) from None
    for line in done.lines.order_by("pk"):
        if line.planned or line.held or line.went:
            held = f", {line.held} held" if line.held else ""
            print(f"{line.went if given.run else line.planned:>10}  {line.table}  {line.clock}{held}")
    if done.waits:
        print(f"{done.day}: far more than usual. Somebody has to say yes on the page first.")
    elif given.run:
        print(f"{done.day}: done." if done.ended_at else f"{done.day}: not finished; see the log.")
    elif done.lines.filter(planned__gt=0).exists():
        print(f"{done.day}: this is what would go.")
    else:
        print(f"{done.day}: nothing will be past its clock.")
    return 0
