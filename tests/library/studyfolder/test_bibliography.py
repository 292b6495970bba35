"""A bibliography as reference managers write it, printed as a person would."""

import pytest

from croisee.studyfolder import new_study, read_study


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        (r"L'\'et\'e des r\'eseaux", "L'été des réseaux"),
        (r"{\'E}tude \& suite", "Étude & suite"),
        (r"Fran\c{c}ois et l'\oe uvre", "François et l'œuvre"),
        (r"\textit{Ensemble} au {Québec}", "Ensemble au Québec"),
        (r"$\alpha$ et $\beta$", "$α$ et $β$"),
        ("Sur deux\n   lignes", "Sur deux lignes"),
    ],
)
def test_what_a_title_says_is_printed(tmp_path, title, printed):
    new_study(tmp_path / "etude", "fr")
    (tmp_path / "etude" / "references.bib").write_text(
        f"@book{{a, author = {{Tremblay, Zo\\'e}}, title = {{{title}}}, year = 2020}}\n", "utf-8"
    )

    found = read_study(tmp_path / "etude").references[0]
    assert found.text.fr == f"Tremblay, Zoé (2020). {printed}."
