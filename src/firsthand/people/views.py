"""The people who work here; my own page; how one comes in, and how one unlocks."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from firsthand.people import access, actions, adapters, forms, locking, queries
from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.people.secrecy import text
from firsthand.ui.pages import back, posted, show, show_form


@only(Role.ORGANISER)
def people(request: PersonRequest) -> HttpResponse:
    find = forms.Find(request.GET)
    context = {"find": find, "list": queries.people(find.chosen())}
    return show(request, "people/list.html", context, part="found")


@only(Role.ORGANISER)
def add(request: PersonRequest) -> HttpResponse:
    form = forms.PersonForm(posted(request))
    if form.is_valid():
        person = actions.add(**form.cleaned_data, by=request.user)
        return redirect("people:person", person.pk)
    return show_form(request, "people/add.html", form, teams=queries.teams())


@only(Role.ORGANISER)
def person(request: PersonRequest, pk: int) -> HttpResponse:
    somebody = queries.person_for(request.user, pk)
    form = forms.PersonForm.of(somebody, posted(request))
    if form.is_valid():
        actions.change(somebody, **form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("people:person", pk)
    context = {"person": somebody, "teams": queries.teams(), "ways": queries.ways_of(somebody)}
    return show_form(request, "people/person.html", form, **context)


@require_POST
@only(Role.ORGANISER)
def invite(request: PersonRequest, pk: int) -> HttpResponse:
    somebody = queries.person_for(request.user, pk)
    link = request.build_absolute_uri(actions.invite(somebody, by=request.user))
    return show(
        request, "people/invited.html", {"person": somebody, "link": link, "days": settings.INVITATION_DAYS}
    )


@require_POST
@only(Role.ORGANISER)
def leave(request: PersonRequest, pk: int) -> HttpResponse:
    actions.leave(queries.person_for(request.user, pk), by=request.user)
    return redirect("people:person", pk)


@require_POST
@only(Role.ORGANISER)
def come_back(request: PersonRequest, pk: int) -> HttpResponse:
    actions.come_back(queries.person_for(request.user, pk), by=request.user)
    return redirect("people:person", pk)


@only()
def me(request: PersonRequest) -> HttpResponse:
    form = forms.MyLanguages(posted(request), initial={"languages": request.user.languages})
    if form.is_valid():
        actions.set_languages(request.user, form.cleaned_data["languages"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("people:me")
    return show_form(request, "people/me.html", form, ways=queries.ways_of(request.user), demo=settings.DEMO)


@only()
def secrecy(request: PersonRequest) -> HttpResponse:
    form = forms.Secrecy(posted(request))
    if form.is_valid():
        actions.sign_secrecy(request.user, version=form.cleaned_data["version"], by=request.user)
        return redirect(back(request))
    return show_form(request, "people/secrecy.html", form, next=back(request), text=text())


def welcome(request: HttpRequest, word: str) -> HttpResponse:
    """The first visit: choose a password, or go on to make a passkey."""
    actions.spend(f"welcome {adapters.address_of(request)}", 30, 300)
    guest = queries.invited(word)
    passkey = "passkey" in request.POST
    form = forms.FirstPassword(guest, None if passkey else posted(request))
    if passkey or form.is_valid():
        person = actions.accept(word, password=form.chosen())
        adapters.come_in(request, person, method="invitation")
        return redirect("mfa_add_webauthn" if passkey else settings.LOGIN_REDIRECT_URL)
    return show_form(request, "people/welcome.html", form, guest=guest)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Django keeps the choice in a cookie and goes back to the page; a person keeps it on every machine."""
    wanted = request.POST.get("language", "")
    if request.user.is_authenticated and wanted in dict(settings.LANGUAGES):
        actions.set_language(request.user, wanted, by=request.user)
    return set_language(request)


@only()
def here(request: PersonRequest) -> HttpResponse:
    """A page asks when it locks (GET), or says that somebody sits before it (POST). See `Lock`."""
    left = locking.seconds_left(request, busy=access.is_busy)
    return JsonResponse({"left": left, "warning": locking.warning(), "who": request.user.pk})


@only()
def locked(request: PersonRequest) -> HttpResponse:
    if not locking.stays_locked(request):
        return redirect(back(request))
    context = {"ways": queries.ways_of(request.user), "next": back(request), "demo": settings.DEMO}
    return show(request, "people/locked.html", context)


def demo(request: HttpRequest) -> HttpResponse:
    """In demo mode one is who one chooses to be. Anywhere else this page does not exist."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        adapters.come_in(request, queries.demo_person(request.POST.get("person", "")), method="demo")
        return redirect(back(request))
    return show(request, "people/demo.html", {"roles": queries.demo_people(), "next": back(request)})
