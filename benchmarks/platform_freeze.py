"""The same national edition, from the platform's database.

Claim: 65 000 answers to 100 questions, freeze and release from the database in 180 seconds
and 2 GiB. The study is imported first, in a database of its own; that time is shown apart.

    python benchmarks/platform_freeze.py [respondents]

The import and the run are two processes: the memory told is the run's.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from invented_wave import AT, WAVE, answers, study

QUESTIONS, MULTIPLE = 100, 20
MOST_SECONDS, MOST_MEBIBYTES = 180, 2048


def _site(home: Path) -> None:
    os.environ.update(CROISEE_HOME=str(home), DJANGO_SETTINGS_MODULE="croisee_web.config.settings")
    import django  # noqa: PLC0415 -- its settings come first

    django.setup()


def imported(home: Path, respondents: int) -> None:
    """Write the study in a new database."""
    _site(home)
    from django.core.management import call_command  # noqa: PLC0415

    from croisee.studyfolder import Written, gather_study, write_study  # noqa: PLC0415
    from croisee_web.access.models import Account  # noqa: PLC0415
    from croisee_web.exchange.usecases import import_folder  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    actor = Account.objects.create(
        email="admin@exemple.ca", name="Ada", is_administrator=True, created_at=AT
    )
    described = study(QUESTIONS, MULTIPLE)
    described = replace(described, diffusion=replace(described.diffusion, arrest_on=AT.date()))
    wave = answers(described, respondents)
    folder = gather_study(described, {WAVE: wave}, {}, {}, Written())
    write_study(folder, home / "dossier")
    start = time.perf_counter()
    import_folder(folder=home / "dossier", actor=actor, at=AT)
    print(f"import of {respondents} answers: {time.perf_counter() - start:.1f} s")


def computed(home: Path) -> None:
    """Freeze and release the study of the database; write its results."""
    _site(home)
    from croisee_web.access.models import Account  # noqa: PLC0415
    from croisee_web.analysis.queries import results_of  # noqa: PLC0415
    from croisee_web.analysis.usecases import ask_for_run  # noqa: PLC0415
    from croisee_web.report.usecases import compute_results  # noqa: PLC0415
    from croisee_web.study.models import Study  # noqa: PLC0415

    actor, made = Account.objects.get(), Study.objects.get()
    run = ask_for_run(study_id=made.pk, actor=actor, at=AT)
    start, work = time.perf_counter(), time.process_time()

    def tell(step: object) -> None:
        print(f"{time.perf_counter() - start:6.1f} s  {step}", file=sys.stderr)

    compute_results(run_id=run.pk, actor=actor.label, at=AT, progress=tell)
    wall, cpu = time.perf_counter() - start, time.process_time() - work
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    done = results_of(study_id=made.pk)
    assert done is not None
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, audit {done.audit_passed}")
    print("| measure | value | bar |\n| --- | ---: | ---: |")
    print(f"| wall s | {wall:.1f} | {MOST_SECONDS} |")
    print(f"| cpu s | {cpu:.1f} | |")
    print(f"| peak MiB | {peak:.0f} | {MOST_MEBIBYTES} |")


def main() -> None:
    if len(sys.argv) > 2:
        home = Path(sys.argv[2])
        if sys.argv[1] == "import":
            imported(home, int(sys.argv[3]))
        else:
            computed(home)
        return
    respondents = sys.argv[1] if len(sys.argv) > 1 else "65000"
    with tempfile.TemporaryDirectory() as name:
        for act in (["import", name, respondents], ["compute", name]):
            subprocess.run([sys.executable, __file__, *act], check=True)


if __name__ == "__main__":
    main()
