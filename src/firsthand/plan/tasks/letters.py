from procrastinate.contrib.django import app

from firsthand.plan import actions


@app.task(name="plan.letters", queue="plan")
def letters(week: int, kind: str) -> None:
    actions.deliver(week, kind, by=None)
