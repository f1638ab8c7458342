from procrastinate.contrib.django import app

from firsthand.plan.actions import counting, forecasting


@app.task(name=forecasting.JOB, queue="plan")
def run(pk: int) -> None:
    forecasting.run(pk)


@app.task(name="plan.nightly", queue="plan", queueing_lock="plan.nightly", lock="plan.nightly")
def nightly() -> None:
    counting.nightly()
