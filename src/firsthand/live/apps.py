from importlib import import_module

from django.apps import AppConfig


class Live(AppConfig):
    name = "firsthand.live"
    label = "live"

    def ready(self) -> None:
        from firsthand.live import keepers  # noqa: F401  says what this room keeps about people

        import_module("firsthand.live.receivers")
