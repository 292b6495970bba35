"""Member lists as networks keep them, with every defect of real ones."""

import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.studyfolder.memberlist import (
    Decision,
    Heading,
    Likeness,
    Member,
    MemberPart,
    Outcome,
    find_heading,
    guess_columns,
    heading_at,
    read_members,
    without_personal_cells,
)
from croisee.studyfolder.memberlist.likeness import could_be, name_words

NAME = {MemberPart.NAME: 0}


def grid(*rows):
    width = max(map(len, rows))
    return tuple((number, (*row, *[""] * (width - len(row)))) for number, row in enumerate(rows, 1))


def outcomes(lines, **told):
    heading = find_heading(lines)
    report = read_members(lines, heading, guess_columns(lines, heading), **told)
    return {one.line: one for one in report.lines}


def said(read):
    return [phrase.to("fr") for phrase in read.why]


# The header


def test_header_is_found_after_titles():
    lines = grid(
        ("Regroupement des maisons", "", ""),
        ("Liste au 2024-03-31",),
        ("Nom", "Région", "Type"),
        ("A", "Nord", "x"),
    )

    assert find_heading(lines) == Heading(2, 2, ("Nom", "Région", "Type"))


def test_title_merged_over_the_whole_line_is_no_header():
    lines = grid(("Organisme", "Organisme"), ("Nom", "Ville"), ("A", "Laval"))

    assert find_heading(lines).last == 1


def test_two_header_lines_are_one():
    lines = grid(
        ("Nom", "Coordonnées", "Coordonnées"), ("Nom", "Ville", "Courriel"), ("A", "Laval", "")
    )

    heading = find_heading(lines)

    assert heading == Heading(0, 1, ("Nom", "Coordonnées – Ville", "Coordonnées – Courriel"))
    assert guess_columns(lines, heading) == {MemberPart.NAME: 0, MemberPart.REGION: 1}


def test_line_that_groups_columns_belongs_to_the_header():
    lines = grid(("Membre en règle", "", "Lieu", "Lieu"), ("Nom", "No", "Ville", "Pays"))

    assert find_heading(lines).names == (
        "Membre en règle – Nom",
        "No",
        "Lieu – Ville",
        "Lieu – Pays",
    )


def test_list_without_a_header_has_columns_named_as_in_a_spreadsheet():
    lines = grid(("Maison de l’Amitié", "12"), ("Le Phare", "14"))

    heading = find_heading(lines)

    assert heading == Heading(-1, -1, ("A", "B"))
    assert guess_columns(lines, heading) == {MemberPart.NAME: 0}


def test_header_may_be_pointed_at():
    lines = grid(("x", "y"), ("Groupe", "Lieu"), ("A", "Laval"))

    assert heading_at(lines, 2).names == ("Groupe", "Lieu")
    assert heading_at(lines, 0).last == -1


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (("Nom de l'organisme", "Région administrative", "Catégorie", "No"), (0, 3, 1, 2)),
        (("#", "Organization", "City", "Type of organization"), (1, 0, 2, 3)),
        (("Ville", "MEMBRE"), (1, None, 0, None)),
        (("Code", "Raison sociale :"), (1, 0, None, None)),
    ],
)
def test_columns_are_guessed_by_their_titles(titles, expected):
    lines = grid(titles, ("a", "b", "c", "d")[: len(titles)])

    found = guess_columns(lines, find_heading(lines))

    parts = (MemberPart.NAME, MemberPart.CODE, MemberPart.REGION, MemberPart.TYPE)
    assert tuple(found.get(part) for part in parts) == expected


def test_ways_to_reach_people_are_emptied_and_nothing_else():
    lines = grid(
        ("Nom", "Personne-ressource", "Infos", "Ville"),
        ("A", "Nom Inventé", "a@exemple.org", "Laval"),
        ("B", "", "514 555-0123", "Lévis"),
        ("C", "", "", "écrire à c@exemple.org"),
    )

    kept, emptied = without_personal_cells(lines)

    assert emptied == ("Personne-ressource", "Infos")
    assert [cells for _, cells in kept] == [
        ("Nom", "Personne-ressource", "Infos", "Ville"),
        ("A", "", "", "Laval"),
        ("B", "", "", "Lévis"),
        ("C", "", "", ""),
    ]


# The lines


def test_every_defect_of_a_real_list_is_told():
    lines = grid(
        ("Nom", "Région", "Code"),
        ("Maison de l’Amitié", "Nord", ""),
        ("MAISON DE L'AMITIE", "Nord", ""),
        ("Maison de l’Amitié (MA)", "Nord", ""),
        ("Maison de l’Amitié", "Sud", ""),
        ("", "", "b-1"),
        ("", "Sud", ""),
        ("2024-03-04", "Sud", ""),
        ("Sous-total", "4", ""),
        ("Estrie", "Estrie", "Estrie"),
        ("Nom", "Région", ""),
        ("Le Phare", "Sud", "P 12/é"),
        ("La Ruche", "Sud", "p-12-e"),
        ("Total :", "9", ""),
        ("Source : secrétariat", "", ""),
        ("* membre en règle", "", ""),
    )

    read = outcomes(lines)

    assert {line: (one.outcome.value, said(one)) for line, one in read.items()} == {
        2: ("acceptee", ["Code proposé : « maison-de-l-amitie »."]),
        3: ("refusee", ["Ce nom est déjà à la ligne 2."]),
        4: (
            "a-verifier",
            ["Ressemble à la ligne 2.", "Code proposé : « maison-de-l-amitie-ma »."],
        ),
        5: ("a-verifier", ["Ressemble à la ligne 2.", "Code proposé : « maison-de-l-amitie-2 »."]),
        6: ("a-verifier", ["Le nom manque."]),
        7: ("refusee", ["Il n’y a ni nom ni code."]),
        8: (
            "a-verifier",
            [
                "Le tableur a peut-être pris ce texte pour une date.",
                "Code proposé : « 2024-03-04 ».",
            ],
        ),
        9: ("refusee", ["C’est un total, pas un membre."]),
        10: ("refusee", ["C’est un titre qui couvre toute la ligne."]),
        11: ("refusee", ["Les titres des colonnes sont répétés."]),
        12: ("acceptee", ["Code écrit « p-12-e »."]),
        13: ("refusee", ["Ce code est déjà à la ligne 12."]),
        14: ("refusee", ["C’est un total, pas un membre."]),
        15: ("refusee", ["C’est une note au bas de la liste."]),
        16: ("refusee", ["C’est une note au bas de la liste."]),
    }


def test_both_forms_of_an_accent_are_one_name():
    decomposed = unicodedata.normalize("NFD", "Été à Québec")
    lines = grid(("Nom",), ("Été à Québec",), (decomposed,))

    assert outcomes(lines)[3].outcome is Outcome.REFUSED


def test_line_to_check_is_written_only_once_decided():
    lines = grid(("Nom",), ("Carrefour jeunesse",), ("Carrefour jeunesses",))

    undecided = outcomes(lines)[3]
    kept = outcomes(lines, decisions={3: Decision.KEEP})[3]
    left = outcomes(lines, decisions={3: Decision.LEAVE})[3]

    assert (undecided.undecided, undecided.written) == (True, False)
    assert (kept.undecided, kept.written) == (False, True)
    assert (left.undecided, left.written) == (False, False)


KNOWN = (
    Member("amitie", "Maison de l’Amitié", "Nord"),
    Member("phare", "Le Phare", "Sud"),
    Member("ruche", "La Ruche"),
)


def test_second_list_says_what_changes_and_removes_nobody():
    lines = grid(
        ("Code", "Nom", "Région"),
        ("amitie", "Maison de l’Amitié", "Est"),
        ("phare", "Le Grand Phare", ""),
        ("neuf", "Tandem", "Sud"),
    )
    heading = find_heading(lines)

    report = read_members(lines, heading, guess_columns(lines, heading), known=KNOWN)

    assert [(one.change.value, one.member) for one in report.lines] == [
        ("modification", Member("amitie", "Maison de l’Amitié", "Est")),
        ("renommage", Member("phare", "Le Grand Phare", "Sud")),
        ("ajout", Member("neuf", "Tandem", "Sud")),
    ]
    assert report.lines[1].outcome is Outcome.CHECK
    assert report.absent == (Member("ruche", "La Ruche"),)


def test_without_codes_the_same_name_is_the_same_member_and_a_like_one_is_asked_about():
    lines = grid(("Nom",), ("LA RUCHE",), ("Maison Amitiés",), ("Tandem",))

    read = outcomes(lines, known=KNOWN)

    assert (read[2].known, read[2].outcome) == ("ruche", Outcome.ACCEPTED)
    assert (read[3].known, read[3].choices) == (
        "amitie",
        (Decision.SAME, Decision.KEEP, Decision.LEAVE),
    )
    assert (read[4].known, read[4].change.value) == ("", "ajout")


def test_member_decided_to_be_another_takes_a_code_of_its_own():
    lines = grid(("Nom",), ("Maison Amitiés",))

    other = outcomes(lines, known=KNOWN, decisions={2: Decision.KEEP})[2]
    same = outcomes(lines, known=KNOWN, decisions={2: Decision.SAME})[2]

    assert (other.member.code, other.known, other.change.value) == ("maison-amities", "", "ajout")
    assert (same.member.code, same.known, same.change.value) == ("amitie", "amitie", "renommage")


def test_the_same_list_again_changes_nothing():
    lines = grid(("Nom", "Région"), ("Maison de l’Amitié", "Nord"), ("Le Phare", "Sud"))
    heading, columns = find_heading(lines), guess_columns(lines, find_heading(lines))
    first = read_members(lines, heading, columns)

    again = read_members(lines, heading, columns, known=[one.member for one in first.lines])

    assert [one.change.value for one in again.lines] == ["inchange", "inchange"]
    assert again.absent == ()


# Names alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("La Maison des Aînés", "Maison des aînés inc."),
        ("Carrefour jeunesse emploi", "Carrefour Jeunesse-Emploi"),
        ("Centre Élan", "Elan (centre)"),
        ("Centre l’Élan", "L’Élan, centre"),
        ("Entraide Rosemont", "Entraide Rosemonnt"),
        ("CarrefourFamilial", "Carrefour familial"),
        ("RMJQ", "Regroupement Montréal Jeunesse Québec"),
        ("Regroupement Montréal Jeunesse Québec", "R.M.J.Q."),
    ],
)
def test_two_writings_of_one_name_are_alike(one, other):
    found = Likeness()
    found.add(1, one)

    assert found.find(other) == (None if other == "Elan (centre)" else 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Centre 1", "Centre 2"),
        ("Maison A", "Maison D"),
        ("Maison du Nord", "Maison du Sud"),
        ("Laval-Est", "Laval-Ouest"),
        ("Carrefour jeunesse", "Carrefour jeunesse emploi"),
        ("Cuisine collective de Laval", "Cuisine collective de Lévis"),
    ],
)
def test_two_organisations_are_not_alike(one, other):
    found = Likeness()
    found.add(1, one)

    assert found.find(other) is None


@given(st.text(max_size=30))
def test_a_name_is_like_itself(name):
    found = Likeness()
    found.add(1, name)

    assert found.find(name) == (1 if name_words(name) else None)


@given(st.text(max_size=12), st.text(max_size=12))
def test_being_misspelt_goes_both_ways_or_is_close(one, other):
    assert could_be(one, one) == (len(one) > 3 and not any(sign.isdigit() for sign in one))
    if could_be(one, other):
        assert abs(len(one) - len(other)) <= 3


CELLS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12).map(str.strip)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12))
def test_any_sheet_is_read_and_every_line_has_its_say(rows):
    lines, _emptied = without_personal_cells(grid(*map(tuple, rows)))
    heading = find_heading(lines)

    report = read_members(lines, heading, guess_columns(lines, heading), known=KNOWN)

    assert len(report.lines) == len(lines) - heading.last - 1
    assert all(one.why for one in report.lines if one.outcome is not Outcome.ACCEPTED)
    assert all(one.choices for one in report.lines if one.outcome is Outcome.CHECK)
    codes = [one.member.code for one in report.lines if one.outcome is not Outcome.REFUSED]
    assert len(codes) == len(set(codes))


def test_three_thousand_names_are_read_in_seconds():
    kinds = ("Maison des jeunes", "Centre communautaire", "Carrefour", "Entraide", "Le Phare")
    rows = [
        (f"{kinds[n % 5]} {chr(97 + n % 26)}{chr(97 + n // 26 % 26) * 3}",) for n in range(3000)
    ]
    before = process_time()

    read_members(grid(*rows), Heading(-1, -1, ("A",)), NAME)

    assert process_time() - before < 10
