from procrastinate.contrib.django import app

from firsthand.plan import actions, posting


@app.task(name=posting.JOB)
def letters(week: int, kind: str) -> None:
    actions.deliver(week, kind, by=None)
