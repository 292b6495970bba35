import base64
import hashlib

import pytest

from croisee_web.report.rules import content_policy, is_shown


@pytest.mark.parametrize("name", ["index.html", "feuillets/carrefours.pdf", "figures/F-07.svg"])
def test_is_shown_accepts_what_a_run_writes(name):
    assert is_shown(name)


@pytest.mark.parametrize(
    "name", ["../release.json", "/etc/passwd.html", ".cache/x.html", "a.exe", "x", "a/../../b.html"]
)
def test_is_shown_refuses_paths_and_kinds_a_run_does_not_write(name):
    assert not is_shown(name)


def test_content_policy_allows_the_page_its_own_style_and_no_script():
    digest = base64.b64encode(hashlib.sha256(b"p{color:red}").digest()).decode()

    policy = content_policy("<style>p{color:red}</style><p>Bonjour</p>")

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
