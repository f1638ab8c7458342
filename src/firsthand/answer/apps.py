from django.apps import AppConfig


class Answer(AppConfig):
    name = "firsthand.answer"
    label = "answer"

    def ready(self) -> None:
        from firsthand.answer import receivers  # noqa: F401
        from firsthand.journal import partitions

        partitions.register("answer_contactevent")
