from django.apps import AppConfig


class Know(AppConfig):
    name = "firsthand.know"
    label = "know"
