"""What a concern needs: decided by the data-protection officer, read by the organiser."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from firsthand.answer.forms import NeedForm, OwnNumberForm
from firsthand.answer.queries import needs as queries
from firsthand.know import topics
from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.protect import actions
from firsthand.protect.pure.categories import Category
from firsthand.ui.pages import show


@only(Role.PROTECTION, Role.ORGANISER)
def needs(request: PersonRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "")[:40] for name in ("topic", "group", "cell")}
    matrix = queries.matrix(**asked)
    may = request.user.has_role(Role.PROTECTION)
    form = NeedForm(initial={"state": matrix.chosen.state}) if may and matrix.chosen else None
    context = {
        **{"matrix": matrix, "may": may, "form": form},
        "topics": topics.choices(),
        "groups": queries.groups(),
        "own_numbers": queries.own_numbers(),
        "own_form": OwnNumberForm(),
    }
    return show(request, "answer/needs/page.html", context, part="matrix")


@only(Role.PROTECTION)
@require_POST
def need(request: PersonRequest, about: str, category: str) -> HttpResponse:
    form = NeedForm(request.POST)
    if not queries.is_concern(about) or category not in set(Category):
        raise Http404
    if not form.is_valid():
        raise actions.NoReasonForNeed
    if form.cleaned_data["state"] == NeedForm.USUAL:
        actions.reset_need(about, category, by=request.user)
    else:
        language = request.LANGUAGE_CODE
        actions.set_need(about, category, **form.cleaned_data, language=language, by=request.user)
    where = f"topic={request.POST.get('topic', '')[:20]}&group={request.POST.get('group', '')[:20]}"
    return redirect(f"{reverse('answer:needs')}?{where}&at={about}-{category}")


@only(Role.PROTECTION)
@require_POST
def own_number(request: PersonRequest) -> HttpResponse:
    form = OwnNumberForm(request.POST)
    form.is_valid()
    actions.add_own_number(**form.typed(), by=request.user)
    return redirect("answer:needs")


@only(Role.PROTECTION)
@require_POST
def forget_own_number(request: PersonRequest, pk: int) -> HttpResponse:
    actions.remove_own_number(pk, by=request.user)
    return redirect("answer:needs")
