from django.apps import AppConfig


class Know(AppConfig):
    name = "firsthand.know"
    label = "know"

    def ready(self) -> None:
        from firsthand.know import keepers  # noqa: F401  says what this room keeps about people
