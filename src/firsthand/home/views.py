from django.conf import settings
from django.http import HttpRequest, HttpResponse

from firsthand.home import queries
from firsthand.ui.pages import show

PARTS = {"answering", "room", "heard", "owned"}


def start(request: HttpRequest) -> HttpResponse:
    """What do I do now? Whoever is not signed in chooses a door."""
    if not request.user.is_authenticated:
        return show(request, "home/doors.html", {"demo": settings.DEMO})
    part = request.headers.get("HX-Live", "")
    context = {"start": queries.Start(request.user)}
    return show(request, "home/start.html", context, part=part if part in PARTS else "")
