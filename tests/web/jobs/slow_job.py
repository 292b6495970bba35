"""A job that takes the time it is told, in small steps, and leaves a trace."""

import os
import time
from pathlib import Path

from django.apps import AppConfig


def slow_job(context):
    with Path(os.environ["CROISEE_TRACE"]).open("a") as trace:
        trace.write("begun\n")
    end = time.monotonic() + context.arguments["seconds"]
    while time.monotonic() < end:
        context.report("Un pas", done=1, of=2)
        time.sleep(0.05)
    with Path(os.environ["CROISEE_TRACE"]).open("a") as trace:
        trace.write("ended\n")


class SlowConfig(AppConfig):
    name = "slow_job"
    path = str(Path(__file__).parent)

    def ready(self):
        from croisee_web.jobs.rules import job

        job("tests.slow")(slow_job)
