from django.apps import AppConfig


class Plan(AppConfig):
    name = "firsthand.plan"
    label = "plan"

    def ready(self) -> None:
        from firsthand.plan import (  # noqa: F401
            keepers,  # says what this room keeps about people
            receivers,
        )
