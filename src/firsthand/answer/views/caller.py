"""The caller's page: no account, no name in an address; a cookie no script can read says whose call it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from firsthand.answer import actions, queries
from firsthand.answer.forms import ArriveForm, CallbackForm
from firsthand.answer.models import Contact
from firsthand.answer.views import scenes
from firsthand.people import actions as people
from firsthand.people import adapters
from firsthand.people.models import Language
from firsthand.ui import languages
from firsthand.voice import cookies

# From one address: many callers may share one (a mobile network), and one machine must not fill the queue.
CALLS = 30
SECONDS = 600
OVER = (Contact.State.WRAP_UP, Contact.State.CLOSED, Contact.State.ABANDONED)
View = Callable[[HttpRequest, Contact], HttpResponse]


@never_cache
def call(request: HttpRequest) -> HttpResponse:
    """Choose a language, say what it is about, call; then, at the same address, the call itself."""
    if contact := queries.callers_contact(request):
        return _show(request, contact)
    if request.method == "POST":
        return _arrive(request)
    return _before(request, request.GET.get("language", ""))


def with_call(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """A verb of somebody who is calling: without a call there is nothing to do but to call."""

    @wraps(view)
    @require_POST
    def guarded(request: HttpRequest) -> HttpResponse:
        contact = queries.callers_contact(request)
        if contact is None:
            return redirect("answer:call")
        _speak(request, contact.language)
        return view(request, contact)

    return guarded


@with_call
def callback(request: HttpRequest, contact: Contact) -> HttpResponse:
    form = CallbackForm(request.POST)
    if not form.is_valid():
        return _show(request, contact, form, status=422)
    actions.ask_callback(contact, form.cleaned_data["phone"])
    return redirect("answer:call")


@with_call
def give_up(request: HttpRequest, contact: Contact) -> HttpResponse:
    """Hang up while waiting, or say that the call back is no longer needed."""
    actions.give_up(contact)
    return redirect("answer:call")


@with_call
def again(request: HttpRequest, contact: Contact) -> HttpResponse:
    """The last call is over for this browser too; one that goes on is not let go."""
    over = contact.state in OVER or contact.is_callback
    response = redirect(f"{reverse('answer:call')}?language={contact.language}" if over else "answer:call")
    return cookies.take_away(response) if over else response


def _arrive(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    _speak(request, language)
    form = ArriveForm(request.POST)
    if not form.is_valid():
        return _before(request, language, form, status=422)
    people.spend(f"call:{adapters.address_of(request)}", CALLS, SECONDS)
    contact = actions.arrive(**form.cleaned_data)
    return cookies.give(redirect("answer:call"), queries.callers_leg(contact))


def _before(
    request: HttpRequest, language: str, form: ArriveForm | None = None, *, status: int = 200
) -> HttpResponse:
    if language not in Language.values:
        context = {"unknown": bool(language), "languages": Language.choices}
        return scenes.play(request, scenes.Scene("call", "choose"), context)
    _speak(request, language)
    context = {"form": form or ArriveForm(initial={"language": language})}
    return scenes.play(request, scenes.Scene("call", "start"), context, status=status)


def _show(
    request: HttpRequest, contact: Contact, form: CallbackForm | None = None, *, status: int = 200
) -> HttpResponse:
    _speak(request, contact.language)
    context = {
        "contact": contact,
        "topic": f"caller:{contact.public_id}",
        "leg": queries.callers_leg(contact),
        "caller": queries.caller(contact),
        "form": form or CallbackForm(initial={"phone": contact.caller_phone}),
    }
    return scenes.play(
        request, scenes.Scene("call", _scene(contact), str(contact.public_id)), context, status=status
    )


def _scene(contact: Contact) -> str:
    if contact.state in OVER:
        return "ended"
    return "callback" if contact.is_callback else "line"


def _speak(request: HttpRequest, language: str) -> None:
    """The page speaks the caller's language, whatever the browser prefers. The next request starts anew."""
    translation.activate(languages.spoken(language))
    request.LANGUAGE_CODE = translation.get_language()
