"""While somebody types: what was found, and what becomes of it. The text is in the body and nowhere else."""

from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from firsthand.people.access import PersonRequest, only
from firsthand.protect import parts
from firsthand.protect.actions import screened_as_typed
from firsthand.protect.forms import screening as forms
from firsthand.protect.queries.names import names_around
from firsthand.ui.pages import show

# Of one person in one process. More than that is no hand; the screen then says nothing, and what is saved is
# screened all the same.
ALLOWED, SECONDS = 120, 30
_asked = LocMemCache("firsthand.protect.screen", {})


@only()
@require_POST
def screen(request: PersonRequest) -> HttpResponse:
    asked = forms.asked(request.POST)
    if _too_often(request.user.pk) or not asked.name:
        return HttpResponse(status=204)
    known = names_around(request.user)
    found = screened_as_typed(asked.words, **asked.about(), known=known, by=request.user)
    made = [*asked.past, *asked.choices]
    part = parts.part(found, field=asked.field, name=asked.name, mode=asked.mode, open=asked.open, made=made)
    if part.state == asked.state:
        return HttpResponse(status=204)
    return show(request, "protect/screen.html", {"part": part})


def _too_often(person: int) -> bool:
    if _asked.add(str(person), 1, SECONDS):
        return False
    return bool(_asked.incr(str(person)) > ALLOWED)
