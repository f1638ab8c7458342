"""What colleagues are written: the words, a look at one before it goes, and how far the letters are."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.plan import actions, queries
from firsthand.plan.forms.people import LetterForm
from firsthand.ui.pages import done, posted, show


@only(Role.ORGANISER)
def letters(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    sheet = queries.sheet_for(request.user, pk, kind, request.GET)
    form = LetterForm(posted(request), initial={"subject": sheet.words.subject, "words": sheet.words.text})
    if done(form, partial(actions.word, sheet.week, kind, sheet.language, by=request.user), no_at="words"):
        return redirect(sheet.address)
    context = {"form": form, "sheet": sheet, "week": sheet.week}
    return show(
        request, "plan/people/letters.html", context, part="posted", status=422 if form.errors else 200
    )


@require_POST
@only(Role.ORGANISER)
def own_words(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    sheet = queries.sheet_for(request.user, pk, kind, request.GET)
    actions.unword(sheet.week, kind, sheet.language, by=request.user)
    return redirect(sheet.address)


@require_POST
@only(Role.ORGANISER)
def send(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    sheet = queries.sheet_for(request.user, pk, kind, request.GET)
    if kind not in ("callup", "reminder"):
        raise Http404
    many = actions.send(sheet.week, kind, by=request.user)
    said = ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", many)
    messages.success(request, said % {"n": many})
    return redirect(sheet.address)


@require_POST
@only(Role.ORGANISER)
def send_again(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    sheet = queries.sheet_for(request.user, pk, kind, request.GET)
    actions.send_again(sheet.week, kind, by=request.user)
    return redirect(sheet.address)
