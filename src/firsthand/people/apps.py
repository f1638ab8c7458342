from django.apps import AppConfig


class People(AppConfig):
    name = "firsthand.people"
    label = "people"

    def ready(self) -> None:
        from firsthand.people import keepers  # noqa: F401  says what this room keeps about people
