from django.apps import AppConfig


class Answer(AppConfig):
    name = "firsthand.answer"
    label = "answer"

    def ready(self) -> None:
        from firsthand.answer import (  # noqa: F401
            keepers,  # noqa: F401  says what this room keeps about people
            queries,
            receivers,
        )
        from firsthand.answer.queries import came, counted, present
        from firsthand.journal import partitions
        from firsthand.people import access
        from firsthand.plan import registry
        from firsthand.protect import queries as protect

        partitions.register("answer_contactevent")
        access.busy_checks.append(queries.is_present)
        protect.tell_calls(queries.calls_told)
        protect.tell_cases(queries.cases_told)
        protect.tell_promises(queries.promises_told)
        registry.register(came=came.came, present=present.present, volumes_of=counted.volumes_of)
