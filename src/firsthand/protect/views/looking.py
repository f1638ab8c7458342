"""Who looked: for the data-protection officer, and for the helper who has the file open."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_POST

from firsthand.kernel import zones
from firsthand.people.access import PersonRequest, only
from firsthand.people.models import ANSWERING, Role
from firsthand.protect import actions, forms, lists, queries
from firsthand.ui import languages
from firsthand.ui.pages import show


@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
def looked(request: PersonRequest) -> HttpResponse:
    find = forms.Find(request.GET)
    looks = queries.looks(find.chosen(), by=request.user)
    context = {"find": find, "number": forms.Number(), "looks": looks, "chain": queries.last_check()}
    context["older"] = queries.older_looks()
    return show(
        request, "protect/looked.html", {**context, "further": find.further(looks.further)}, part="looks"
    )


@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
def check(request: PersonRequest) -> HttpResponse:
    """The verdict on the journal, for the page to put in when it is there."""
    return show(request, "protect/chain.html", {"chain": queries.check()})


@require_POST
@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
def find_member(request: PersonRequest) -> HttpResponse:
    """From a number in a letter to an id in the address."""
    form = forms.Number(request.POST)
    member = queries.member_named(form.cleaned_data["number"]) if form.is_valid() else None
    if member is None:
        raise actions.NobodyWithThatNumber
    return redirect(f"{reverse('protect:looked')}?member={member.pk}")


@require_POST
@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
def hand_over(request: PersonRequest, member: int, form: str) -> HttpResponse:
    """One member's list, to be sent to the member."""
    rows = actions.hand_over_looks(queries.member_with(request.user, member), by=request.user)
    if form == "json":
        body = {"looks": lists.as_rows(rows), "older": lists.older(queries.older_looks())}
        return JsonResponse(body, headers=lists.attached("looks.json"))
    return HttpResponse(
        lists.as_csv(rows), content_type="text/csv; charset=utf-8", headers=lists.attached("looks.csv")
    )


@require_POST
@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
def sheet(request: PersonRequest, member: int) -> HttpResponse:
    """One member's list on paper, in the member's language."""
    found = queries.member_with(request.user, member)
    with translation.override(languages.spoken(found.language)):
        visits = queries.visits(actions.hand_over_looks(found, by=request.user))
        context = {"member": found, "visits": visits, "today": timezone.localdate()}
        return show(request, "protect/sheet.html", {**context, "older": queries.older_looks()})


@only(*ANSWERING)
def who_looked(request: PersonRequest) -> HttpResponse:
    """For the member on the line: when the file was opened and by what role, without names."""
    context = {"visits": queries.who_looked(request.user), "older": queries.older_looks()}
    outside = queries.opened_now(request.user) is not None
    return show(request, "protect/who_looked.html", {**context, "outside": outside})
