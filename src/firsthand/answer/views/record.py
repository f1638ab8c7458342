"""What is written on the desk while somebody is on the line. Each part answers with itself."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from firsthand.answer import actions, queries
from firsthand.answer.forms import PromiseForm, RecordForm, VerifyForm
from firsthand.answer.views import panels
from firsthand.people.access import PersonRequest, only
from firsthand.people.models import ANSWERING
from firsthand.protect import actions as protect


@only(*ANSWERING)
@require_POST
def verify(request: PersonRequest, public_id: UUID) -> HttpResponse:
    contact = queries.contact_for(request.user, public_id)
    form, no = VerifyForm(request.POST), None
    try:
        if form.is_valid():
            actions.verify(contact, **form.cleaned_data, by=request.user)
    except actions.HandedOn as elsewhere:
        return panels.left(request, elsewhere)
    except (actions.NotVerified, actions.NoMoreTries, actions.CallerGone) as refused:
        no = refused
    status = 422 if no or not form.is_valid() else 200
    context = {**panels.around(request), "verify": form, "says": no}
    return render(request, "answer/desk/person.html", context, status=status)


@only(*ANSWERING)
@require_GET
@never_cache
def concerns(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """The chooser; while somebody types in it, only what it finds."""
    contact = queries.contact_for(request.user, public_id)
    asked = {"words": request.GET.get("words", "")[:100], "topic": request.GET.get("topic", "")}
    found = panels.concerns(request, **asked)
    context = {**panels.around(request), **asked, "contact": contact, "found": found, "again": True}
    return render(
        request, "answer/desk/found.html" if "found" in request.GET else "answer/desk/chooser.html", context
    )


@only(*ANSWERING)
@require_POST
@never_cache
def search_notes(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """In the open file, over what was noted before. POST: what somebody looks for stands in no address."""
    contact = queries.contact_for(request.user, public_id)
    found = panels.found_notes(request, contact)
    return render(request, "protect/found_notes.html", {"found": found})


@only(*ANSWERING)
@require_POST
def concern(request: PersonRequest, public_id: UUID) -> HttpResponse:
    contact = queries.contact_for(request.user, public_id)
    chosen = [one for one in panels.concerns(request) if str(one.concern_id) == request.POST.get("concern")]
    if not chosen:
        raise Http404
    actions.name_concern(contact, chosen[0].concern, by=request.user)
    response = render(request, "answer/desk/chosen.html", panels.around(request))
    # Another concern needs something else of what is typed already. Only once the form says which.
    response["HX-Trigger-After-Settle"] = "screen:again"
    return response


@only(*ANSWERING)
@require_POST
def record(request: PersonRequest, public_id: UUID) -> HttpResponse:
    contact = queries.contact_for(request.user, public_id)
    form = RecordForm(request.POST)
    if not form.is_valid():
        return panels.saved(request, form, status=422)
    return panels.saved(request, form, panels.keep(contact, form, by=request.user))


@only(*ANSWERING)
@require_POST
def promise(request: PersonRequest, public_id: UUID) -> HttpResponse:
    contact = queries.contact_for(request.user, public_id)
    form = PromiseForm(request.POST)
    found = form.screening(contact, by=request.user)
    if kept := found is not None and not form.unseen("words", found):
        actions.promise(contact, **form.cleaned_data, choices=form.choices("words"), by=request.user)
    left = {} if kept else {"promise_form": form, "promised": found}
    context = {**panels.around(request), **left, "written_down": kept}
    return render(request, "answer/desk/promises.html", context, status=200 if kept else 422)


@only(*ANSWERING)
@require_POST
def open_sealed(request: PersonRequest, public_id: UUID, pk: UUID) -> HttpResponse:
    """Shown once, in its line. Loaded again it is closed."""
    contact = queries.contact_for(request.user, public_id)
    about = contact.concern
    opened = protect.open_confidence(
        pk,
        reason=request.POST.get("reason", ""),
        contact_id=contact.pk,
        concern=about.code if about else "",
        topic=about.topic if about else "",
        language=contact.language,
        by=request.user,
    )
    return render(request, "protect/opened_sealed.html", {"opened": opened})


@only(*ANSWERING)
@require_POST
def no_advertising(request: PersonRequest, public_id: UUID) -> HttpResponse:
    contact = queries.contact_for(request.user, public_id)
    actions.no_advertising(contact, by=request.user)
    context = {"contact": contact, "advertising": panels.advertising(contact)}
    return render(request, "answer/desk/advertising.html", context)
