"""The officer's first page, and the documents that are written out of the model."""

from django.http import Http404, HttpResponse

from firsthand.kernel import zones
from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.protect import documents, lists, queries
from firsthand.ui.pages import show


@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
def overview(request: PersonRequest) -> HttpResponse:
    titled = [(language, documents.titled(language)) for language in documents.NAMES]
    return show(request, "protect/overview.html", {"seen": queries.overview(), "documents": titled})


@only(Role.PROTECTION)
@zones.within(zones.PROTECTION)
def document(request: PersonRequest, language: str, name: str) -> HttpResponse:
    """One of the documents, with the terms that this insurer has set."""
    if name not in documents.NAMES.get(language, {}).values():
        raise Http404
    text = documents.written(language, house=documents.ours())[f"{name}.md"]
    return HttpResponse(
        text, content_type="text/markdown; charset=utf-8", headers=lists.attached(f"{name}.md")
    )
