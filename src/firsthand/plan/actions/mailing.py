"""Letters to colleagues about a front week: each is sent once, by a job; what failed is shown and can be sent again."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import closing
from smtplib import SMTPException

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Person
from firsthand.plan import nudges, posting, queries
from firsthand.plan.models import FrontWeek, Letter, Mailing, Post
from firsthand.plan.pure import letters

log = logging.getLogger(__name__)

TELL_EVERY = 20  # letters


class UnknownBlank(Refusal):
    def __init__(self, blank: str) -> None:
        says = _("Nothing stands for {%(blank)s}. Nothing was saved: use one of %(known)s.")
        super().__init__(
            says % {"blank": blank, "known": ", ".join(f"{{{one}}}" for one in letters.BLANKS)}
            if blank
            else _("The link is missing: nobody could answer. Nothing was saved: write {link} into the text.")
        )


class AnswersOver(Refusal):
    says = _("The time to answer is over, so nobody was written to. Set a later day first.")


class NobodyToWriteTo(Refusal):
    says = _("There is nobody to write to: each has this letter already. Nothing was sent.")


@transaction.atomic
def word(week: FrontWeek, kind: str, language: str, subject: str, words: str, *, by: Person) -> Letter:
    """Other words than the house's own, in one language."""
    try:
        letters.check(letters.Words(subject, words))
    except letters.BadBlank as error:
        raise UnknownBlank(str(error)) from error
    letter, _new = Letter.objects.update_or_create(
        week=week, kind=kind, language=language, defaults={"subject": subject.strip(), "words": words.strip()}
    )
    journal.record("letter", week, by=by, kind=kind, language=language)
    return letter


@transaction.atomic
def unword(week: FrontWeek, kind: str, language: str, *, by: Person) -> None:
    """The house's own words again."""
    Letter.objects.filter(week=week, kind=kind, language=language).delete()
    journal.record("letter", week, by=by, kind=kind, language=language, own=False)


@transaction.atomic
def send(week: FrontWeek, kind: str, *, by: Person, people: Iterable[Person] | None = None) -> int:
    """Write to everybody who lacks this letter; how many. `people`: only for an invitation, to these."""
    if not queries.open_for_answers(week):
        raise AnswersOver
    wanted = queries.lacking(week, kind) if people is None else {one.pk for one in people}
    there = set(Mailing.objects.filter(week=week, kind=kind).values_list("person", flat=True))
    rows = [Mailing(week=week, person_id=pk, kind=kind, by=by) for pk in sorted(wanted - there)]
    Mailing.objects.bulk_create(rows, ignore_conflicts=True)
    again = 0
    if kind == Post.REMINDER:
        # One a day: who was reminded yesterday and still has not answered is reminded again.
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        old = queries.mailings(week, kind).filter(person__in=wanted, state=Mailing.State.SENT)
        again = old.filter(at__lt=today).update(state=Mailing.State.WAITING, at=Now(), by=by)
    if not rows and not again:
        raise NobodyToWriteTo
    journal.record("letters", week, by=by, kind=kind, people=len(rows) + again)
    posting.defer(week, kind)
    return len(rows) + again


@transaction.atomic
def send_again(week: FrontWeek, kind: str, *, by: Person) -> int:
    """What failed, or never said how it ended. Only an organiser decides that it may arrive twice."""
    stuck = queries.mailings(week, kind).exclude(state=Mailing.State.SENT)
    many = stuck.update(state=Mailing.State.WAITING, at=Now(), by=by)
    if many:
        journal.record("letters again", week, by=by, kind=kind, people=many)
        posting.defer(week, kind)
    return many


def deliver(pk: int, kind: str, *, by: Person | None) -> int:
    """What the job does: one letter after the other, each claimed before it is sent; how many went out.

    A week that was called off in the meantime has nobody to write to.
    """
    week = FrontWeek.objects.filter(pk=pk).first()
    return _deliver(week, kind) if week else 0


def _deliver(week: FrontWeek, kind: str) -> int:
    if not queries.mailings(week, kind).filter(state=Mailing.State.WAITING).exists():
        return 0  # an earlier job took what this one was for
    connection = mail.get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        log.warning("letters: no mail server", extra={"error": type(error).__name__, "week": week.pk})
        queries.mailings(week, kind).filter(state="waiting").update(state="failed", at=Now())
        nudges.week(week.pk)
        return 0
    with closing(connection):
        sent = _post_all(week, kind, connection)
    nudges.week(week.pk)
    return sent


def _post_all(week: FrontWeek, kind: str, connection: BaseEmailBackend) -> int:
    texts = queries.texts(week, kind)
    sent = done = 0
    while mailing := _claim(week, kind):
        sent += _post(mailing, texts, connection)
        done += 1
        if done % TELL_EVERY == 0:
            nudges.week(week.pk)
    return sent


def _claim(week: FrontWeek, kind: str) -> Mailing | None:
    """The next to be sent. One that has gone since it was claimed, with its week or its person, is passed over."""
    while pk := _claimed(week, kind):
        if there := Mailing.objects.select_related("person").filter(pk=pk).first():
            return there
    return None


@transaction.atomic
def _claimed(week: FrontWeek, kind: str) -> int | None:
    """Committed before anything is sent: a job that dies leaves "perhaps sent", never a second letter."""
    waiting = queries.mailings(week, kind).filter(state=Mailing.State.WAITING)
    found = waiting.select_for_update(skip_locked=True).order_by("pk").first()
    if found is None:
        return None
    Mailing.objects.filter(pk=found.pk).update(state=Mailing.State.SENDING, at=Now())
    return found.pk


def _post(mailing: Mailing, texts: queries.Texts, connection: BaseEmailBackend) -> bool:
    words = texts.to(mailing.person)
    message = mail.EmailMessage(
        words.subject, words.text, settings.DEFAULT_FROM_EMAIL, [mailing.person.email], connection=connection
    )
    try:
        message.send()
    except (OSError, SMTPException, ValueError) as error:
        log.warning("letter failed", extra={"error": type(error).__name__, "mailing": mailing.pk})
        state = Mailing.State.FAILED
        connection.close()  # the next one opens it again, if that is what was wrong
    else:
        state = Mailing.State.SENT
    # Only while it is this letter's: if something happened in the meantime, the next one waits in the same row.
    Mailing.objects.filter(pk=mailing.pk, state=Mailing.State.SENDING).update(state=state, at=Now())
    return state == Mailing.State.SENT
