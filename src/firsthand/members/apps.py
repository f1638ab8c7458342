from django.apps import AppConfig


class Members(AppConfig):
    name = "firsthand.members"
    label = "members"
