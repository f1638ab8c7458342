"""My half-days: exchange one, let my calendar read them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from firsthand.people.access import PersonRequest, only
from firsthand.plan.actions import feeds, swapping
from firsthand.plan.queries import feeds as calendars
from firsthand.plan.queries import swaps
from firsthand.ui.pages import show

SAID = {
    "agree": gettext_lazy("Exchanged. It holds at once."),
    "decline": gettext_lazy("You said no. Everything stays as it is."),
    "withdraw": gettext_lazy("Taken back. Your half-day stays yours."),
}
SHOWN = 60  # of all that would be possible; a letter of a name finds the others


@only()
def exchange(request: PersonRequest, pk: int) -> HttpResponse:
    mine, words = swaps.mine_for(request.user, pk), request.GET.get("words", "")
    asked = swaps.open_for(mine)
    offers = [] if asked else swaps.offers(mine)
    found = [one for one in offers if words.casefold() in one.person.name.casefold()]
    context = {
        "mine": mine,
        "offers": found[:SHOWN],
        "more": len(found[SHOWN:]),
        "words": words,
        "swap": asked,
    }
    return show(request, "plan/shifts/exchange.html", context, part="offers")


@require_POST
@only()
def ask(request: PersonRequest, pk: int) -> HttpResponse:
    mine = swaps.mine_for(request.user, pk)
    taker, theirs = swaps.chosen(mine, request.POST.get("offer", ""))
    swapping.ask(mine, taker, theirs, by=request.user)
    messages.success(request, _("Asked. It holds as soon as the other one says yes."))
    return redirect("plan:my_week", mine.roster.week_id)


@require_POST
@only()
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    swap = swaps.swap_for(request.user, pk)
    verbs = {"agree": swapping.agree, "decline": swapping.decline, "withdraw": swapping.withdraw}
    asked = request.POST.get("answer", "")
    if asked not in verbs or (asked == "withdraw") != (swap.asked_by_id == request.user.pk):
        raise Http404
    verbs[asked](swap, by=request.user)
    messages.success(request, SAID[asked])
    return redirect("plan:my_week", swap.gives.roster.week_id)


@require_POST
@only()
def make_feed(request: PersonRequest) -> HttpResponse:
    token = feeds.make(request.user, by=request.user)
    link = request.build_absolute_uri(reverse("plan:feed", args=[token]))
    return show(request, "plan/shifts/feed_made.html", {"link": link})


@require_POST
@only()
def take_back_feed(request: PersonRequest) -> HttpResponse:
    feeds.take_back(request.user, by=request.user)
    return redirect("plan:shifts")


@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """For a calendar program, which cannot sign in: whoever has the link reads these half-days, nothing else."""
    person = calendars.person_with(token)
    if person is None:
        raise Http404
    return HttpResponse(calendars.calendar(person), content_type="text/calendar; charset=utf-8")
