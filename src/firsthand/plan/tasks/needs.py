from procrastinate.contrib.django import app

from firsthand.plan.actions import needs, reckoning


@app.task(name=needs.JOB, queue="plan")
def reckon(pk: int) -> None:
    reckoning.run(pk)
