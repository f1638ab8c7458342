"""Who may open a page, and who must not be locked out of one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from firsthand.people import secrecy
from firsthand.people.models import Person, Role

View = Callable[..., HttpResponse]


class PersonRequest(HttpRequest):
    """What a view behind `only` gets: somebody is signed in. For type annotations."""

    user: Person


# A room above says here who is in the middle of something: `access.busy_checks.append(is_in_a_call)` in its
# AppConfig.ready. One "yes" is enough to keep the page open without a hand on the keyboard.
busy_checks: list[Callable[[Person], bool]] = []


def is_busy(person: Person) -> bool:
    return any(check(person) for check in busy_checks)


def only(*roles: Role) -> Callable[[View], View]:
    """Let in who has one of these roles; none named: anybody signed in.

    A stranger is sent to the sign-in; for the wrong role the page does not exist. The page's header reads
    `only_roles` to know which pages to name.
    """

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


def signed(view: View) -> View:
    """Behind `only`: what insured persons told us, for those who have signed the duty of secrecy."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        secrecy.must_have_signed(request.user)
        return view(request, *args, **kwargs)

    return guarded
