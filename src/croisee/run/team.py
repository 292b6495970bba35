"""The team's folder: what was checked and the raw values. It never leaves."""

from __future__ import annotations

import json
from pathlib import Path

from croisee.disclosure import save_release
from croisee.formats import write_csv
from croisee.language import LANGUAGES, Language
from croisee.run.aftermath import AFTERMATH, AFTERMATH_HEADER, aftermath
from croisee.run.cutting import CUTS, cut_study, write_cuts
from croisee.run.meetings import write_meetings
from croisee.run.preparation import Prepared
from croisee.run.raw import write_raw_tables
from croisee.run.receipts import receipt_text, receipts
from croisee.run.verification import verification_html


def _write_receipts(folder: Path, prepared: Prepared) -> None:
    """Write one text a person and a language, ready to hand over."""
    languages = [known for known in LANGUAGES if known in prepared.release.study.languages]
    for receipt in receipts(prepared):
        folder.mkdir(exist_ok=True)
        for language in languages:
            path = folder / f"{receipt.participant}.{language}.txt"
            path.write_text(receipt_text(receipt, prepared, language), encoding="utf-8")


def write_team(team: Path, prepared: Prepared, language: Language) -> None:
    """Write the verification page, the Release, raw tables, audit, aftermath and receipts."""
    save_release(prepared.release, team / "release.json")
    write_raw_tables(team / "tables", prepared.tables)
    write_meetings(team, prepared.dataset)
    write_csv(team / AFTERMATH, AFTERMATH_HEADER, aftermath(prepared))
    _write_receipts(team / "recus", prepared)
    if documents := cut_study(prepared.folder):
        write_cuts(team / "relectures" / CUTS, documents)
    page = verification_html(prepared, language)
    (team / "verification.html").write_text(page, encoding="utf-8")
    audit = json.dumps(prepared.audit.to_json(), ensure_ascii=False, indent=1, sort_keys=True)
    (team / "audit.json").write_text(audit + "\n", encoding="utf-8")
