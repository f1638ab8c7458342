from django.apps import AppConfig


class Protect(AppConfig):
    name = "firsthand.protect"
    label = "protect"

    def ready(self) -> None:
        from firsthand.journal import ledger, partitions
        from firsthand.protect import keepers  # noqa: F401  says what this room keeps about people
        from firsthand.protect.models import READS

        ledger.register(READS)
        partitions.register(READS.entries)
