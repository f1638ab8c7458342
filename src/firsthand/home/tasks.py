"""Jobs of the demo world."""

from procrastinate.contrib.django import app

from firsthand.home.demo import planned


@app.task(name=planned.JOB, queue="plan", queueing_lock=planned.JOB)
def plan_it() -> None:
    planned.plan_it()
