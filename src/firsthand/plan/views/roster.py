"""Who answers when? The organiser's roster, and the one on the door for everybody in it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from firsthand.kernel import typed
from firsthand.kernel.refusal import Refusal
from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.plan import queries
from firsthand.plan.actions import moving, repairing, rostering
from firsthand.plan.forms import roster as forms
from firsthand.plan.models import Roster
from firsthand.plan.queries import places, repairs
from firsthand.plan.queries import roster as rosters
from firsthand.plan.words import rosters as words
from firsthand.plan.words import sheets
from firsthand.ui.pages import show


@only(Role.ORGANISER)
def sheet(request: PersonRequest, pk: int) -> HttpResponse:
    week, find = queries.week_for(request.user, pk), forms.FindRostered(request.GET)
    chosen = find.chosen(request.GET.get("page"), request.GET.get("monday"))
    seen = rosters.sheet(week, chosen, _draft(request))
    context = {
        "week": week,
        "find": find,
        "seen": seen,
        "lines": sheets.lines(seen),
        "said": words.said(seen.explained.get("sums", {})),
        "again": forms.WorkOutForm(),
    }
    return show(request, "plan/roster/page.html", context, part=_part(request))


@require_POST
@only(Role.ORGANISER)
def work_out(request: PersonRequest, pk: int) -> HttpResponse:
    form = forms.WorkOutForm(request.POST)
    seconds = form.cleaned_data["seconds"] if form.is_valid() else 60
    rostering.work_out(queries.week_for(request.user, pk), seconds=seconds, by=request.user)
    return redirect("plan:roster", pk)


@require_POST
@only(Role.ORGANISER)
def stop(request: PersonRequest, pk: int) -> HttpResponse:
    roster = rosters.roster_for(request.user, pk)
    rostering.stop(roster, by=request.user)
    return redirect("plan:roster", roster.week_id)


@require_POST
@only(Role.ORGANISER)
def publish(request: PersonRequest, pk: int) -> HttpResponse:
    roster = rosters.roster_for(request.user, pk)
    rostering.publish(roster, by=request.user)
    return redirect("plan:roster", roster.week_id)


@require_POST
@only(Role.ORGANISER)
def drop(request: PersonRequest, pk: int) -> HttpResponse:
    roster = rosters.roster_for(request.user, pk)
    rostering.drop(roster, by=request.user)
    return redirect("plan:roster", roster.week_id)


@only(Role.ORGANISER)
def place(request: PersonRequest, pk: int, person: int, shift: int) -> HttpResponse:
    at = places.place_for(request.user, pk, person, shift)
    if request.method != "POST":
        return show(request, "plan/roster/place.html", {"at": at, "week": at.roster.week})
    try:
        moving.settle(at.roster, at.person, at.shift, request.POST.get("room", ""), by=request.user)
    except Refusal as no:
        return show(
            request, "plan/roster/place.html", {"at": at, "week": at.roster.week, "no": no}, status=422
        )
    return redirect("plan:roster", at.roster.week_id)


@require_POST
@only(Role.ORGANISER)
def lock(request: PersonRequest, pk: int) -> HttpResponse:
    row = rosters.assignment_for(request.user, pk)
    moving.lock(row, request.POST.get("locked") == "yes", by=request.user)
    return redirect("plan:roster", row.roster.week_id)


@only(Role.ORGANISER)
def absent(request: PersonRequest, pk: int, person: int) -> HttpResponse:
    """First which half-days, then who comes instead; only the second is posted."""
    roster = rosters.roster_for(request.user, pk)
    who, coming = places.coming(roster, person)
    given = request.POST if request.method == "POST" else request.GET
    gone = [one for one in coming if str(one.pk) in given.getlist("gone")]
    context = {"week": roster.week, "roster": roster, "person": who, "coming": coming, "gone": gone}
    if request.method == "POST" and gone:
        repairing.replace(roster, who, gone, forms.chosen(request.POST), by=request.user)
        return redirect("plan:roster", roster.week_id)
    proposal = repairs.proposal(roster, who, gone) if gone else None
    return show(request, "plan/roster/absent.html", {**context, "proposal": proposal})


@only()
def on_the_door(request: PersonRequest, pk: int) -> HttpResponse:
    week, roster = rosters.seen_by(request.user, pk)
    context = {"week": week, "door": rosters.door(week, roster, request.GET.get("day", ""))}
    return show(request, "plan/roster/door.html", context)


def _part(request: PersonRequest) -> str:
    """Two parts of the page are live, and each asks by its own name."""
    return "progress" if request.headers.get("HX-Live") == "progress" else "sheet"


def _draft(request: PersonRequest) -> Roster | None:
    number = typed.number(request.GET.get("draft"))
    return None if number is None else rosters.roster_for(request.user, number)
