from django.apps import AppConfig


class People(AppConfig):
    name = "firsthand.people"
    label = "people"
