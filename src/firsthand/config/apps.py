from django.apps import AppConfig


class Config(AppConfig):
    name = "firsthand.config"
    label = "config"

    def ready(self) -> None:
        from firsthand.config import (
            checks,  # noqa: F401
            keepers,  # noqa: F401  says what this room keeps about people
        )
        from firsthand.config.zones import TABLES
        from firsthand.know import catalogue
        from firsthand.protect import documents

        documents.know(TABLES, catalogue.questions)
