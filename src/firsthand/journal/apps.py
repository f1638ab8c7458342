from django.apps import AppConfig


class Journal(AppConfig):
    name = "firsthand.journal"
    label = "journal"

    def ready(self) -> None:
        from firsthand.journal import keepers  # noqa: F401  says what this room keeps about people
