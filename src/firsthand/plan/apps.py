from django.apps import AppConfig


class Plan(AppConfig):
    name = "firsthand.plan"
    label = "plan"

    def ready(self) -> None:
        from firsthand.plan import keepers  # noqa: F401  says what this room keeps about people
