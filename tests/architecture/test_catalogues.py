"""Both packages speak both languages: every source string is translated, nothing is stale."""

import subprocess
import sys
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext, ngettext

ROOT = Path(__file__).parents[2]


def test_catalogues_are_complete_and_compiled():
    told = subprocess.run(
        [sys.executable, ROOT / ".ci" / "catalogues.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (told.returncode, told.stderr) == (0, "")


def test_word_said_alone_and_counted_is_translated_both_ways():
    with translation.override("en"):
        assert gettext("organisme") == "organisation"
        assert [ngettext("organisme", "organismes", n) for n in (1, 2)] == [
            "organisation",
            "organisations",
        ]
