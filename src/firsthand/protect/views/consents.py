"""Whom we may call to advertise, and the proof of it; for those who call out and the data-protection
officer.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from firsthand.kernel import zones
from firsthand.members.models import Member
from firsthand.people.access import PersonRequest, only, signed
from firsthand.people.models import Role
from firsthand.protect import actions, forms
from firsthand.protect.models import Way
from firsthand.ui.pages import show

# The login that sees whom one may call and nothing of any file.
within = zones.within(zones.OUTREACH)
MAY = (Role.ADVISOR, Role.ORGANISER, Role.PROTECTION)


@only(*MAY)
@signed
@never_cache
def consents(request: PersonRequest) -> HttpResponse:
    context = {
        "number": forms.Number(),
        "no_calls": forms.NoCalls(auto_id="no_calls_%s"),
        "listed": forms.OnTheList(auto_id="listed_%s"),
    }
    return show(request, "protect/consents.html", context)


@require_POST
@only(*MAY)
@signed
def find(request: PersonRequest) -> HttpResponse:
    """From a member's number, which stands in no address, to the page with the row's number."""
    form = forms.Number(request.POST)
    if not form.is_valid():
        raise actions.NobodyWithThatNumber
    return redirect("protect:consents_of", actions.find_to_call(form.cleaned_data["number"], by=request.user))


@only(*MAY)
@signed
@never_cache
@within
def member(request: PersonRequest, member: int) -> HttpResponse:
    form = forms.Consent.about(request.GET.get("scope", "")) if "scope" in request.GET else None
    return _page(request, member, form=form)


@require_POST
@only(*MAY)
@signed
@within
def give(request: PersonRequest, member: int) -> HttpResponse:
    form = forms.Consent(request.POST)
    if not form.is_valid():
        return _page(request, member, form=form, status=422)
    said = form.cleaned_data
    scope = said.pop("scope")
    actions.give_consent(Member(pk=member), scopes=[scope], **said, by=request.user)
    return redirect("protect:consents_of", member)


@require_POST
@only(*MAY)
@within
def withdraw(request: PersonRequest, member: int) -> HttpResponse:
    """One click for everything, as easy as giving it."""
    way = request.POST.get("way", Way.TELEPHONE.value)
    actions.withdraw(Member(pk=member), way=way, by=request.user)
    return redirect("protect:consents_of", member)


@require_POST
@only(*actions.CALLS_OUT)
@signed
@never_cache
@within
def call(request: PersonRequest, member: int) -> HttpResponse:
    """The number is shown when the call has begun, and stands in no address and no message. After a no the page
    says what holds now: what it showed is what has just turned out to be over.
    """
    try:
        begun = actions.begin_outbound(Member(pk=member), request.POST.get("scope", ""), by=request.user)
    except actions.NoLiveProof as no:
        messages.error(request, str(no))
        return _page(request, member, status=422)
    return _page(request, member, begun=begun)


@only(*MAY)
@signed
@never_cache
@within
def proof(request: PersonRequest, pk: int) -> HttpResponse:
    return show(request, "protect/proof.html", {"proof": actions.show_proof(pk, by=request.user)})


def _page(request: PersonRequest, member: int, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "who": actions.look_up_consents(member, by=request.user),
        "calls_out": request.user.has_role(*actions.CALLS_OUT),
        "ways": Way.choices,
        **more,
    }
    return show(request, "protect/consents_of.html", context, status=status)
