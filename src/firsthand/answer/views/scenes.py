"""What the desk and the caller's page show just now: each state of a contact is a scene, with one template.

A scene has a live part that refreshes itself and holds no field anybody types in. The page says which scene
it shows; when that is no longer the right one, the answer brings the scene that came instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from firsthand.ui.pages import show, wants_part


@dataclass(frozen=True)
class Scene:
    folder: str  # of the templates, and the page
    name: str
    about: str = ""  # the contact: another contact is another scene

    @property
    def key(self) -> str:
        return f"{self.name}-{self.about}" if self.about else self.name

    @property
    def template(self) -> str:
        return f"answer/{self.folder}/{self.name}.html"

    @property
    def address(self) -> str:
        """Where the live part of this scene asks whether it still is the right one."""
        return f"{reverse(f'answer:{self.folder}')}?scene={self.key}"


def play(request: HttpRequest, scene: Scene, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page; for htmx the live part of the scene it shows, or the scene that has come in its place."""
    page = f"answer/{scene.folder}/page.html"
    shown = request.POST.get("scene") or request.GET.get("scene")
    context = {**context, "scene": scene}
    if not wants_part(request) or shown is None:
        return show(request, page, context, status=status)
    if shown == scene.key:
        return show(request, scene.template, context, part="live", status=status)
    response = render(request, page, context, status=status)
    response["HX-Retarget"] = response["HX-Reselect"] = "main"
    response["HX-Reswap"] = "outerHTML show:window:top"
    return response
