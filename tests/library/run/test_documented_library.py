"""Every block of ``docs/bibliotheque.md``, run in order as a reader would."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "bibliotheque.md"


def test_every_block_of_the_page_runs(tmp_path, monkeypatch):
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)

    known: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), known)

    assert (len(blocks), (tmp_path / "resultats" / "diffusion" / "rapport.html").exists()) == (
        7,
        True,
    )
