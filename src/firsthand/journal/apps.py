from django.apps import AppConfig


class Journal(AppConfig):
    name = "firsthand.journal"
    label = "journal"
