from django.apps import AppConfig


class Protect(AppConfig):
    name = "firsthand.protect"
    label = "protect"
