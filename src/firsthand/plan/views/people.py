"""Who is called up for a front week, and who might be."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.plan import actions, queries
from firsthand.plan.forms import people as forms
from firsthand.plan.models import Post
from firsthand.ui.pages import done, posted, show, show_form

DO = {"excuse": actions.excuse, "ask": actions.ask_again}


@only(Role.ORGANISER)
def people(request: PersonRequest, pk: int) -> HttpResponse:
    week = queries.week_for(request.user, pk)
    find = forms.FindCalled(request.GET)
    called = queries.called(week, find.chosen(request.GET.get("page")))
    context = {"week": week, "find": find, "called": called, "letters": queries.every_kind(week)}
    return show(request, "plan/people/page.html", context, part="found")


@only(Role.ORGANISER)
def person(request: PersonRequest, pk: int, person: int) -> HttpResponse:
    callup = queries.callup_for(request.user, pk, person)
    form = forms.AgreeForm.of(callup, posted(request))
    if done(form, partial(actions.agree, callup, by=request.user), no_at="least_shifts"):
        return redirect("plan:people", pk)
    return show_form(
        request, "plan/people/person.html", form, week=callup.week, row=queries.row_of(callup), callup=callup
    )


@require_POST
@only(Role.ORGANISER)
def decide(request: PersonRequest, pk: int, person: int) -> HttpResponse:
    callup = queries.callup_for(request.user, pk, person)
    DO.get(request.POST.get("do", ""), actions.ask_again)(callup, by=request.user)
    return redirect("plan:person", pk, person)


@require_POST
@only(Role.ORGANISER)
def take_back(request: PersonRequest, pk: int, person: int) -> HttpResponse:
    actions.take_back(queries.callup_for(request.user, pk, person), by=request.user)
    return redirect("plan:people", pk)


@only(Role.ORGANISER)
def call(request: PersonRequest, pk: int) -> HttpResponse:
    week = queries.week_for(request.user, pk)
    find = forms.FindPeople(request.GET)
    context = {"week": week, "find": find, "candidates": queries.candidates(week, find.chosen())}
    return show(request, "plan/people/call.html", context, part="found")


@require_POST
@only(Role.ORGANISER)
def call_up(request: PersonRequest, pk: int) -> HttpResponse:
    week = queries.week_for(request.user, pk)
    chosen = forms.FindPeople(request.GET).chosen()
    many = actions.call_up(week, queries.meant(week, chosen, request.POST.get("person")), by=request.user)
    said = ngettext("%(n)d person was called up.", "%(n)d people were called up.", many)
    messages.success(request, said % {"n": many})
    return redirect(f"{reverse('plan:call', args=[pk])}?{request.GET.urlencode()}")


@require_POST
@only(Role.ORGANISER)
def invite(request: PersonRequest, pk: int) -> HttpResponse:
    week = queries.week_for(request.user, pk)
    chosen = forms.FindPeople(request.GET).chosen()
    meant = queries.meant(week, chosen, request.POST.get("person"))
    actions.send(week, Post.INVITATION, people=meant, by=request.user)
    messages.success(request, _("The invitations are on their way."))
    return redirect("plan:letters", pk, Post.INVITATION)
