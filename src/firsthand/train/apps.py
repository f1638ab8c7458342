from django.apps import AppConfig


class Train(AppConfig):
    name = "firsthand.train"
    label = "train"

    def ready(self) -> None:
        from firsthand.plan import registry
        from firsthand.train import (
            keepers,  # noqa: F401  says what this room keeps about people
            queries,
        )

        registry.register(trained=queries.trained)
