"""The parts of the desk: what each shows, and what it shows when something typed into it was refused."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from firsthand.answer import actions, queries
from firsthand.answer.forms import PromiseForm, RecordForm, VerifyForm
from firsthand.answer.models import Contact, Seat
from firsthand.answer.views import scenes
from firsthand.know import queries as know
from firsthand.know import topics
from firsthand.know.models import ConcernText
from firsthand.know.pure.topics import group_of
from firsthand.people.access import PersonRequest
from firsthand.people.models import Person
from firsthand.protect import queries as protect

SCENES = {
    Seat.State.AWAY: "away",
    Seat.State.READY: "ready",
    Seat.State.OFFERED: "offered",
    Seat.State.TALKING: "contact",
    Seat.State.WRAP_UP: "contact",
}


def desk(request: PersonRequest) -> HttpResponse:
    context = around(request)
    contact = context["contact"]
    scene = scenes.Scene("desk", SCENES[context["desk"].state], str(contact.public_id) if contact else "")
    return scenes.play(request, scene, context)


def around(request: PersonRequest) -> dict[str, Any]:
    """What the parts of the desk show. The file is read only where it is shown: each read is journalled."""
    found = queries.desk(request.user)
    contact = found.contact
    return {
        "desk": found,
        "contact": contact,
        "now": found.now,
        "file": SimpleLazyObject(lambda: file(request.user, contact)),
        "verify": VerifyForm(),
        "form": RecordForm(initial=record(contact)),
        "promise_form": PromiseForm(),
        "topics": topics.choices(),
        "topic": contact.topic if contact else "",
        "found": SimpleLazyObject(lambda: concerns(request, topic=contact.topic if contact else "")),
    }


def file(person: Person, contact: Contact | None) -> protect.MemberFile | None:
    if contact is None or contact.member_id is None:
        return None
    return protect.file_for(
        person, contact.pk, branches=contact.concern.branches if contact.concern else None
    )


def record(contact: Contact | None) -> dict[str, Any]:
    """As it was saved; until somebody chose, the purpose is what the concern is about."""
    if contact is None:
        return {}
    branches = contact.concern.branches if contact.concern else []
    return {
        "answered": contact.answered,
        "words": contact.note_words,
        "purpose": contact.note_purpose if contact.note_words else next(iter(branches), ""),
        "solved": None if contact.solved is None else "yes" if contact.solved else "no",
    }


def concerns(request: PersonRequest, words: str = "", topic: str = "") -> list[ConcernText]:
    """Of this topic; what was typed is not hidden by a topic that the caller chose wrongly."""
    found = know.search(words, request.LANGUAGE_CODE)
    about = [one for one in found if not topic or group_of(one.concern.topic, one.concern.country) == topic]
    return about or (found if words.strip() else [])


def keep(contact: Contact, form: RecordForm, *, by: Person) -> None:
    """Save what stands in the record."""
    typed = form.cleaned_data
    actions.write(contact, answered=typed["answered"], by=by)
    actions.draft(contact, words=typed["words"], purpose=typed["purpose"], solved=typed["solved"], by=by)


def saved(request: PersonRequest, form: Form, *, status: int = 200) -> HttpResponse:
    """One line under the record: when it was saved, or why not. The fields stay as they are."""
    says = [says for field in form.errors.values() for says in field]
    return render(
        request, "answer/desk/saved.html", {"errors": says, "saved_at": timezone.localtime()}, status=status
    )
