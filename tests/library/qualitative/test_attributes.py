"""Codes by attribute, and the framework matrix."""

from coded_study import coding, frozen

from croisee.qualitative import (
    CodeAttribute,
    FrameworkCell,
    code_attribute,
    framework,
    read_codings,
)

CODINGS = [
    coding("e-1", 2, "aide", 0, 13), coding("e-1", 2, "aide", 5, 15, "c-2"),
    coding("g-1", 1, "aide", 0, 6), coding("g-1", 2, "aide", 0, 3),
    coding("e-2", 1, "argent", 0, 4), coding("e-1", 1, "argent", 0, 5),
]  # fmt: skip


def test_people_of_each_value_who_said_a_code(tmp_path):
    """p-1 said it three times, p-2 once; p-3 was there and said nothing; p-4 is of the other."""
    codings = read_codings(frozen(tmp_path, codings=CODINGS).arrow)

    found = code_attribute(codings, {"p-1": "bas", "p-2": "haut", "p-3": "bas", "p-4": "haut"})

    assert found == (
        CodeAttribute("aide", "bas", 1, 2, 2),
        CodeAttribute("aide", "haut", 1, 2, 1),
        CodeAttribute("argent", "bas", 0, 2, 0),
        CodeAttribute("argent", "haut", 1, 2, 1),
    )


def test_people_without_a_value_are_in_no_line(tmp_path):
    codings = read_codings(frozen(tmp_path, codings=CODINGS).arrow)

    assert code_attribute(codings, {"p-2": "haut"}) == (CodeAttribute("aide", "haut", 1, 1, 1),)
    assert code_attribute(codings, {}) == ()


def test_framework_gathers_each_person_s_passages(tmp_path):
    codings = read_codings(frozen(tmp_path, codings=CODINGS).arrow)

    assert framework(codings) == (
        FrameworkCell("p-1", "aide", (("e-1", 2, 0, 15), ("g-1", 1, 0, 6))),
        FrameworkCell("p-2", "aide", (("g-1", 2, 0, 3),)),
        FrameworkCell("p-4", "argent", (("e-2", 1, 0, 4),)),
    )
