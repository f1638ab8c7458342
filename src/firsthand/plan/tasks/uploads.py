from procrastinate.contrib.django import app

from firsthand.plan.actions import importing


@app.task(name="plan.check_upload", queue="plan")
def check(pk: int) -> None:
    importing.check(pk)


@app.task(name="plan.read_in", queue="plan")
def read_in(pk: int) -> None:
    importing.read_in(pk)
