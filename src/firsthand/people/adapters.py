"""What allauth asks of this house: nobody signs up, addresses are ours, tries are counted in the database."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from firsthand.people import actions, locking
from firsthand.people.models import Person

MINUTE = 60
TOO_OFTEN = _("That was too often in a short time. Wait a few minutes and try again.")
# Said by a form of allauth, which knows no Swiss German: named here, our catalogues have it.
SAID_THERE = [gettext_noop("You must type the same password each time.")]


def come_in(request: HttpRequest, person: Person, *, method: str) -> None:
    """Sign in without allauth's form. Whoever came by an invitation a moment ago need not prove it again."""
    get_adapter(request).login(request, person)
    record_authentication(request, person, method=method, reauthenticated=True)


def address_of(request: HttpRequest) -> str:
    """Whose browser it is, as far as the proxies in front are to be believed."""
    return str(get_adapter(request).get_client_ip(request))


class Account(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "enter_current_password": _("That is not your password. Type it again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """allauth counts in the memory of one process; with several of them only the database knows."""
        try:
            actions.spend(f"sign-in from {self.get_client_ip(request)}", 60, 5 * MINUTE)
            actions.spend(f"sign-in as {str(credentials.get('email', '')).lower()}", 10, 5 * MINUTE)
        except actions.TooMany as no:
            raise self.validation_error("too_many_login_attempts") from no

    def reauthenticate(self, user: Person, password: str) -> bool:
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        locking.unlock(request)


class Keys(DefaultMFAAdapter):  # type: ignore[misc]
    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Firsthand"}


class Provider(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: Any) -> tuple[Person, str] | None:
        """Only who was invited, and only by an address the provider itself has verified."""
        for address in sociallogin.email_addresses:
            person = Person.objects.working().filter(email=address.email.lower()).first()
            if address.verified and person:
                actions.vouch(person)
                return person, address.email
        return None
