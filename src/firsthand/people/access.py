"""Who may open a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from firsthand.people.models import Role

View = Callable[..., HttpResponse]


def only(*roles: Role) -> Callable[[View], View]:
    """Let in who has one of these roles (none named: anybody signed in). A stranger is sent to the sign-in; for
    the wrong role the page does not exist. The header reads `only_roles` to know which pages to name."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if roles and not request.user.has_role(*roles):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.only_roles = frozenset(role.value for role in roles)  # type: ignore[attr-defined]
        return guarded

    return wrap
