from django.apps import AppConfig


class Members(AppConfig):
    name = "firsthand.members"
    label = "members"

    def ready(self) -> None:
        from firsthand.members import keepers  # noqa: F401  says what this room keeps about people
