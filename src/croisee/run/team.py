"""The team's folder: what was checked and the raw values. It never leaves."""

from __future__ import annotations

import json
from pathlib import Path

from croisee.disclosure import save_release
from croisee.language import Language
from croisee.run.preparation import Prepared
from croisee.run.raw import write_raw_tables
from croisee.run.verification import verification_html


def write_team(team: Path, prepared: Prepared, language: Language) -> None:
    """Write the verification page, the whole Release, the raw tables and the audit."""
    save_release(prepared.release, team / "release.json")
    write_raw_tables(team / "tables", prepared.tables)
    page = verification_html(prepared, language)
    (team / "verification.html").write_text(page, encoding="utf-8")
    audit = json.dumps(prepared.audit.to_json(), ensure_ascii=False, indent=1, sort_keys=True)
    (team / "audit.json").write_text(audit + "\n", encoding="utf-8")
