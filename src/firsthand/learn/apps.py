from django.apps import AppConfig


class Learn(AppConfig):
    name = "firsthand.learn"
    label = "learn"

    def ready(self) -> None:
        from firsthand.learn import (
            keepers,  # noqa: F401  says what this room keeps about people
            lessons,
        )
        from firsthand.plan import registry

        registry.register(lessons=lessons.lessons)
