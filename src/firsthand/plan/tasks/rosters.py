from procrastinate.contrib.django import app

from firsthand.plan.actions import rostering


@app.task(name=rostering.JOB, queue="plan")
def solve(pk: int) -> None:
    rostering.run(pk)
