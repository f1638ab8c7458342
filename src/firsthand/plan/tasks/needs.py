from procrastinate.contrib.django import app

from firsthand.plan.actions import needs


@app.task(name=needs.JOB, queue="plan")
def reckon(pk: int) -> None:
    from firsthand.plan.actions import reckoning  # the simulation: only where it is played

    reckoning.run(pk)
