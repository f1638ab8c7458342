"""The officer looks at every file that was opened outside a contact, and says what came of it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel.refusal import Refusal
from firsthand.live import bus
from firsthand.people.models import Person, Role
from firsthand.protect.actions.lines import short
from firsthand.protect.models import BreakGlass, Review
from firsthand.protect.queries.opened import REVIEWS, opened_topic

Says = Review.Says


class NotYourReview(Refusal):
    says = _("Nobody reviews an opening of their own. Another officer has to look at it.")


class ReviewedAlready(Refusal):
    says = _("This opening was reviewed already. Nothing was changed.")


class SayWhy(Refusal):
    says = _("Write a sentence that the person can answer. Nothing was saved.")


class NothingAsked(Refusal):
    says = _("There is no question to answer here. Nothing was saved.")


@transaction.atomic
def review(opened: BreakGlass, *, says: str, words: str = "", by: Person) -> Review:
    """Justified, not justified, or asked back. The person who opened the file sees the sentence."""
    opened = BreakGlass.objects.select_for_update().select_related("member").get(pk=opened.pk)
    if not by.has_role(Role.PROTECTION) or opened.person_id == by.pk:
        raise NotYourReview
    if says not in (Says.JUSTIFIED, Says.NOT_JUSTIFIED, Says.ASKED):
        raise SayWhy
    return _say(opened, says, words, by)


@transaction.atomic
def answer_review(opened: BreakGlass, *, words: str, by: Person) -> Review:
    """Whoever opened the file answers the officer's question."""
    opened = BreakGlass.objects.select_for_update().select_related("member").get(pk=opened.pk)
    last = opened.reviews.last()
    if opened.person_id != by.pk or last is None or last.says != Says.ASKED:
        raise NothingAsked
    return _say(opened, Says.ANSWERED, words, by)


def _say(opened: BreakGlass, says: str, words: str, by: Person) -> Review:
    if opened.reviews.filter(says__in=Review.FINAL).exists():
        raise ReviewedAlready
    words = short(words, by=by, member=opened.member)
    if not words and says != Says.JUSTIFIED:
        raise SayWhy
    made = Review.objects.create(break_glass=opened, says=says, words=words, by=by)
    journal.record("reviewed", opened, by=by, says=says)
    bus.touch(opened_topic(opened.person_id), REVIEWS)
    return made
