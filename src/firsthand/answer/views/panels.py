"""The parts of the desk: what each shows, and what it shows when something typed into it was refused."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from firsthand.answer import actions, queries
from firsthand.answer.actions.screening import screened
from firsthand.answer.forms import PromiseForm, RecordForm, VerifyForm
from firsthand.answer.models import Contact, Seat
from firsthand.answer.queries.drafts import purpose
from firsthand.answer.views import scenes
from firsthand.kernel.refusal import Refusal
from firsthand.know import queries as know
from firsthand.know import topics
from firsthand.know.models import ConcernText
from firsthand.know.pure.topics import group_of
from firsthand.people.access import PersonRequest
from firsthand.people.models import Person
from firsthand.protect import parts
from firsthand.protect import queries as protect
from firsthand.protect.actions import Screening
from firsthand.protect.models import Field, Note
from firsthand.ui.pages import wants_part

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
        "screens": SimpleLazyObject(lambda: screens(contact, request.user)),
        "advice": SimpleLazyObject(lambda: advice(contact)),
        "sealed": SimpleLazyObject(lambda: sealed(request.user, contact)),
        "advertising": SimpleLazyObject(lambda: advertising(contact)),
        "promise_form": PromiseForm(),
        "topics": topics.choices(),
        "topic": contact.topic if contact else "",
        "found": SimpleLazyObject(lambda: concerns(request, topic=contact.topic if contact else "")),
    }


def file(person: Person, contact: Contact | None) -> protect.MemberFile | None:
    if contact is None or contact.member_id is None:
        return None
    concern = contact.concern
    return protect.file_for(
        person,
        contact.pk,
        branches=concern.branches if concern else None,
        topic=concern.topic if concern else "",
        callback=contact.is_callback,
    )


def advertising(contact: Contact | None) -> protect.Advertising | None:
    """Whether anybody may call this member to advertise."""
    return protect.advertising(contact.member) if contact and contact.member else None


def found_notes(request: PersonRequest, contact: Contact) -> list[Note] | None:
    """Of the branches that the concern needs; before it is named there is no note to search."""
    if contact.concern is None:
        return []
    return protect.search_file(
        request.user,
        request.POST.get("words", ""),
        branches=contact.concern.branches,
        why=contact.concern.topic,
    )


def record(contact: Contact | None) -> dict[str, Any]:
    """As it was saved; until somebody chose, the purpose is what the concern is about."""
    if contact is None:
        return {}
    return {
        "answered": contact.answered,
        "words": contact.note_words,
        "purpose": purpose(contact),
        "solved": None if contact.solved is None else "yes" if contact.solved else "no",
    }


def concerns(request: PersonRequest, words: str = "", topic: str = "") -> list[ConcernText]:
    """Of this topic; what was typed is not hidden by a topic that the caller chose wrongly."""
    found = know.search(words, request.LANGUAGE_CODE)
    about = [one for one in found if not topic or group_of(one.concern.topic, one.concern.country) == topic]
    return about or (found if words.strip() else [])


def screens(contact: Contact | None, by: Person) -> dict[str, Screening]:
    """What is known of the words in the fields, so that after a reload nobody is asked again."""
    if contact is None:
        return {}
    saved = {"answered": (contact.answered, Field.ANSWERED), "words": (contact.note_words, Field.NOTE)}
    return {name: screened(contact, words, field=field, by=by) for name, (words, field) in saved.items()}


def advice(contact: Contact | None) -> protect.Advice:
    about = contact.concern if contact else None
    return protect.advice(about.code if about else "", about.topic if about else "")


def sealed(person: Person, contact: Contact | None) -> tuple[protect.SealedLine, ...]:
    """Of the open file, as far as the concern may know of it: closed lines."""
    if contact is None or contact.member_id is None or contact.concern is None:
        return ()
    about = contact.concern
    return protect.sealed_lines(
        person, contact.pk, branches=about.branches, concern=about.code, topic=about.topic
    )


def keep(contact: Contact, form: RecordForm, *, by: Person) -> dict[str, Screening]:
    """Save what stands in the record, without what goes; by field what was found in it."""
    typed = form.cleaned_data
    return {
        "answered": actions.write(
            contact, answered=typed["answered"], choices=form.choices("answered"), by=by
        ),
        "words": actions.draft(
            contact,
            words=typed["words"],
            purpose=typed["purpose"],
            solved=typed["solved"],
            choices=form.choices("words"),
            by=by,
        ),
    }


def saved(
    request: PersonRequest, form: Form, found: dict[str, Screening] | None = None, *, status: int = 200
) -> HttpResponse:
    """One line under the record: when it was saved and without what, or why not. The fields stay as they
    are.
    """
    says = [says for field in form.errors.values() for says in field]
    context = {
        "errors": says,
        "saved_at": timezone.localtime(),
        "gone": parts.without((found or {}).values()),
    }
    return render(request, "answer/desk/saved.html", context, status=status)


def unseen(request: PersonRequest, form: RecordForm, found: dict[str, Screening]) -> HttpResponse | None:
    """Something goes that the page has not shown: it is shown, and the next press goes through."""
    if not any(form.unseen(name, screening) for name, screening in found.items()):
        return None
    shown = [
        parts.part(screening, field=form[name].id_for_label, name=name) for name, screening in found.items()
    ]
    return render(request, "answer/desk/unseen.html", {"parts": shown}, status=422)


def left(request: PersonRequest, why: Refusal) -> HttpResponse:
    """The contact has left this desk: the whole desk anew, and one sentence on it."""
    messages.warning(request, str(why))
    desk = reverse("answer:desk")
    if wants_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": desk})
    return redirect(desk)
