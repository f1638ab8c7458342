"""What lower rooms announce about calls, people and readiness, and what it means for contacts and seats."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from firsthand.answer import actions, queries
from firsthand.people.models import Person
from firsthand.people.signals import answers_changed
from firsthand.protect.signals import about_to_break, shield_changed
from firsthand.train.signals import readiness_changed
from firsthand.voice import signals
from firsthand.voice.models import Call, Leg


@receiver(signals.call_about_to_change)
def lock_first(call: Call, **more: Any) -> None:
    """Contact before call, always: two who lock in one order cannot wait for each other."""
    queries.of_call(call)


@receiver(signals.leg_lost)
def lost(call: Call, role: str, **more: Any) -> None:
    if contact := queries.of_call(call):
        if role == Leg.Role.CUSTOMER:
            actions.caller_silent(contact)
        elif role == Leg.Role.HELPER:
            actions.helper_silent(contact)


@receiver(signals.leg_gone)
def gone(call: Call, role: str, **more: Any) -> None:
    """A helper's page that is gone was lost before, and what follows from that happened then."""
    contact = queries.of_call(call)
    if contact and role == Leg.Role.CUSTOMER:
        actions.caller_gone(contact)


@receiver(signals.leg_returned)
def returned(call: Call, role: str, **more: Any) -> None:
    if contact := queries.of_call(call):
        if role == Leg.Role.CUSTOMER:
            actions.caller_back(contact)
        elif role == Leg.Role.HELPER:
            actions.helper_back(contact)


@receiver(signals.call_audible)
def audible(call: Call, **more: Any) -> None:
    actions.audible(call)


@receiver(signals.call_ended)
def ended(call: Call, ended_by: str, **more: Any) -> None:
    if contact := queries.of_call(call):
        actions.call_over(contact, ended_by)


@receiver([readiness_changed, answers_changed])
def fit_again(person_ids: list[int], **more: Any) -> None:
    actions.doubt(person_ids)


@receiver(answers_changed)
def may_not_go_on(person_ids: list[int], **more: Any) -> None:
    actions.decides_now(person_ids)


@receiver(shield_changed)
def look_again(member_id: int, **more: Any) -> None:
    actions.look_again(member_id)


@receiver(about_to_break)
def with_a_caller(person: Person, **more: Any) -> None:
    """Who is in a contact has that caller's file, and no other."""
    if queries.seat_of(person).busy:
        raise actions.StillWithCaller


@receiver(user_logged_out)
def not_there(user: Person | None, **more: Any) -> None:
    """The page's own token would keep the seat ready in a tab that stays open."""
    if user is not None:
        actions.signed_out(user, by=user)
