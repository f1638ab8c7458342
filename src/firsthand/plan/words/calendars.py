"""What was read from somebody's calendar, in words."""

from __future__ import annotations

from django.utils.translation import ngettext

from firsthand.plan.pure.calendars import Read


def read(found: Read) -> str:
    kept = len(found.busy)
    says = [
        ngettext(
            "%(n)s appointment around the front week was read,",
            "%(n)s appointments around the front week were read,",
            found.events,
        )
        % {"n": found.events},
        ngettext(
            "%(n)s stretch of time is kept. What they are called is not.",
            "%(n)s stretches of time are kept. What they are called is not.",
            kept,
        )
        % {"n": kept},
    ]
    if found.unread:
        says.append(
            ngettext(
                "%(n)s repeats in a way that is not understood: enter it by hand if it matters.",
                "%(n)s repeat in a way that is not understood: enter them by hand if they matter.",
                found.unread,
            )
            % {"n": found.unread}
        )
    return " ".join(says)
