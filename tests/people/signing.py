"""A browser in which somebody is signed in."""

from django.test import Client

from firsthand.people.models import Person


def client_of(person: Person) -> Client:
    client = Client(headers={"Accept": "text/html"})
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
