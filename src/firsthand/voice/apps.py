from django.apps import AppConfig


class Voice(AppConfig):
    name = "firsthand.voice"
    label = "voice"

    def ready(self) -> None:
        from firsthand.voice import keepers  # noqa: F401  says what this room keeps about people
