from django.apps import AppConfig


class Answer(AppConfig):
    name = "firsthand.answer"
    label = "answer"

    def ready(self) -> None:
        from firsthand.answer import queries, receivers  # noqa: F401
        from firsthand.journal import partitions
        from firsthand.people import access

        partitions.register("answer_contactevent")
        access.busy_checks.append(queries.is_present)
