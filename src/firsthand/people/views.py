"""Who works here; language of the pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_supported_language_variant
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from firsthand.people import actions


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Django keeps the choice in a cookie and goes back to the page; a person's choice is kept with the person."""
    if request.user.is_authenticated and request.POST.get("language") in dict(settings.LANGUAGES):
        actions.set_language(
            request.user, get_supported_language_variant(request.POST["language"]), by=request.user
        )
    return set_language(request)
