"""Requests of data subjects: taken down at the desk, worked through by the officer."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from firsthand.kernel import zones
from firsthand.kernel.refusal import Refusal
from firsthand.members import actions as members
from firsthand.people.access import PersonRequest, only
from firsthand.people.models import ANSWERING, Person, Role
from firsthand.protect import actions, lists, queries
from firsthand.protect.forms import requesting as forms
from firsthand.protect.models import Identity, Request, RequestWay
from firsthand.protect.queries.opened import BREAKERS
from firsthand.ui.pages import posted, show, wants_part

Does = Callable[..., Any]


@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
def requests(request: PersonRequest) -> HttpResponse:
    form = forms.Take(posted(request))
    if form.is_bound and form.is_valid():
        taken = actions.take_down(**form.chosen(), by=request.user)
        return redirect("protect:request", taken.pk)
    status = 422 if form.errors else 200
    return show(request, "protect/requests.html", {"form": form, "queue": queries.queue()}, status=status)


@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
@never_cache
def one(request: PersonRequest, pk: int) -> HttpResponse:
    """Its part is the line that says that the package has been handed over, perhaps a moment ago."""
    if wants_part(request):
        asked = queries.request_for(request.user, pk)
        context = {"asked": asked, "handed": asked.handed_over_at}
        return show(request, "protect/request_handed.html", context)
    return _page(request, pk)


def _page(request: PersonRequest, pk: int, *, status: int = 200, **filled: Form) -> HttpResponse:
    """The forms of the page, each for its verb; `filled`: the one that came back."""
    case = queries.case_for(request.user, pk)
    empty = {verb: form() for verb, (form, _does) in VERBS.items()}
    once_more = case.request.handed_over_at is not None
    context = {"case": case, "asked": case.request, "package": forms.Package(once_more=once_more)}
    return show(request, "protect/request.html", {**context, **empty, **filled}, status=status)


@require_POST
@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
def move(request: PersonRequest, pk: int, verb: str) -> HttpResponse:
    """One verb of the page: what was filled in goes to its action."""
    if verb not in VERBS:
        raise Http404
    form, does = VERBS[verb]
    filled = form(request.POST)
    if not filled.is_valid():
        raise actions.NotFilledIn
    does(queries.request_for(request.user, pk), **filled.cleaned_data, by=request.user)
    if said := DONE.get(verb):
        messages.success(request, said)
    return redirect("protect:request", pk)


@require_POST
@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
@never_cache
def package(request: PersonRequest, pk: int) -> HttpResponse:
    """Made in memory, encrypted, sent once. A file is no page that htmx could put in: the browser itself sends
    this form, so a no is shown here, beside a password that may be written down already."""
    asked = queries.request_for(request.user, pk)
    form = forms.Package(request.POST, once_more=asked.handed_over_at is not None)
    made = _made(request, asked, form)
    if made is None:
        return _page(request, pk, status=422, package=form)
    name = _("Everything we keep about you") + ".zip"
    return HttpResponse(made, content_type="application/zip", headers=lists.attached(name))


def _made(request: PersonRequest, asked: Request, form: forms.Package) -> bytes | None:
    """None: what is wrong stands at its field, or among the notices."""
    if not form.is_valid():
        return None
    try:
        return actions.make_package(asked, **form.cleaned_data, by=request.user)
    except actions.HandedOver as no:
        form.add_error("again", str(no))
    except Refusal as no:
        messages.error(request, str(no))
    return None


@require_POST
@only(*ANSWERING, *BREAKERS)
def ask(request: PersonRequest) -> HttpResponse:
    """Of the member whose file is open: known already, so that nobody asks for two facts twice."""
    form = forms.Ask(request.POST)
    member = queries.member_of_open_file(request.user)
    if not form.is_valid():
        raise actions.NotFilledIn
    if form.asks_first(member, by=request.user):
        return show(request, "protect/ask.html", {"ask": form}, status=422)
    said, way, how = form.said(), RequestWay.CALL, Identity.FACTS
    taken = actions.take_down(**said, way=way, identity=how, member=member, by=request.user)
    return show(request, "protect/asked.html", {"taken": taken})


def _correct(asked: Request, *, field: str, value: str, by: Person) -> None:
    if asked.member is None or not asked.identity:
        raise actions.WhoIsIt
    members.correct(asked.member, field, value, by=by)


def _say(asked: Request, *, row: int, words: str, by: Person) -> None:
    if asked.member is None or not asked.identity:
        raise actions.WhoIsIt
    note = queries.note_of(asked, row, by=by)
    actions.dispute(asked.member, "protect_note", str(note.pk), words=words, request=asked, by=by)


def _settle(asked: Request, *, row: int, by: Person) -> None:
    if standing := queries.dispute_of(asked, row):
        actions.settle_dispute(standing, by=by)


def _restrict(asked: Request, *, norm: str, by: Person) -> None:
    if asked.member is None or not asked.identity:
        raise actions.WhoIsIt
    actions.restrict(asked.member, norm=norm, request=asked, by=by)


def _unrestrict(asked: Request, *, by: Person) -> None:
    if standing := queries.restriction_of(asked):
        actions.lift_restriction(standing, by=by)


# What leaves no mark on the page.
DONE = {"correct": gettext_lazy("It is put right here. Put it right in the register, too.")}
VERBS: Mapping[str, tuple[type[Form], Does]] = {
    "identity": (forms.HowKnown, lambda asked, how, by: actions.check_identity(asked, how, by=by)),
    "start": (forms.OneNothing, actions.start),
    "prolong": (forms.Prolong, lambda asked, until, why, by: actions.prolong(asked, until, why=why, by=by)),
    "decide": (
        forms.Decide,
        lambda asked, decision, norm, by: actions.decide(asked, decision, norm=norm, by=by),
    ),
    "answer": (forms.OneNothing, actions.answer),
    "erase": (forms.OneNothing, actions.erase_asked),
    "correct": (forms.Correct, _correct),
    "dispute": (forms.Say, _say),
    "settle": (forms.Settle, _settle),
    "restrict": (forms.Restrict, _restrict),
    "unrestrict": (forms.OneNothing, _unrestrict),
}
