from importlib import import_module

from django.apps import AppConfig


class Live(AppConfig):
    name = "firsthand.live"
    label = "live"

    def ready(self) -> None:
        import_module("firsthand.live.receivers")
