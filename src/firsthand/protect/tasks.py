"""What takes longer than the clock of the house may wait: it has to look for lost calls every second."""

from procrastinate.contrib.django import app

from firsthand.protect import actions


@app.task(name="protect.nightly", queueing_lock="protect.nightly", lock="protect.nightly")
def nightly() -> None:
    actions.nightly(by=None)
