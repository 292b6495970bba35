"""Who answers for a minor: read in ``participants``, refused in words, written back equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.dataset import AgeGroup, Assent, WhoConsented, consent_of
from croisee.language import Label
from croisee.study import Purpose
from croisee.studyfolder import new_study, read_study, write_study

PURPOSES = (
    Purpose("analyse", Label("Analyse"), "analyse"),
    Purpose("citation", Label("Citation"), "citation"),
)
HEADER = "code;cas;age;consenti_par;assentiment;consent_analyse;consent_citation"


@pytest.fixture
def folder(tmp_path):
    """A study of one network, its people still to be written."""
    root = tmp_path / "etude"
    root.mkdir()
    (root / "etude.toml").write_text(
        'format = 1\ntitre = "Étude"\n[[cas]]\ncode = "nord"\nnom = "Nord"\n'
        '[[finalites]]\ncode = "analyse"\nnom = "Analyse"\nrole = "analyse"\n'
        '[[finalites]]\ncode = "citation"\nnom = "Citation"\nrole = "citation"\n',
        encoding="utf-8",
    )
    return root


def read(root, *lines, header=HEADER):
    (root / "participants.csv").write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return read_study(root)


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("moins de 14 ans;parent;oui", WhoConsented(AgeGroup.UNDER_14, True, Assent.GIVEN)),
        ("under-14;guardian;too young", WhoConsented(AgeGroup.UNDER_14, True, Assent.TOO_YOUNG)),
        ("14-17;personne;", WhoConsented(AgeGroup.FROM_14_TO_17)),
        ("adulte;;", WhoConsented(AgeGroup.ADULT)),
        (";;", WhoConsented()),
    ],
)
def test_who_consented_is_read_in_both_languages(folder, said, who):
    found = read(folder, f"p-1;nord;{said};oui;non")

    assert found.problems == ()
    assert found.consents["p-1"].who == who
    assert found.consents["p-1"].stands


def test_english_columns_are_read(folder):
    header = "code,case,age_group,consented_by,assent,consent_analyse,consent_citation"
    found = read(folder, "p-1,nord,under 14,parent,yes,yes,no", header=header)

    assert found.problems == ()
    assert found.consents["p-1"].who == WhoConsented(AgeGroup.UNDER_14, True, Assent.GIVEN)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("moins de 14 ans;personne;oui", "moins de 14 ans ne consent pas seule"),
        ("moins de 14 ans;;", "moins de 14 ans ne consent pas seule"),
        ("moins de 14 ans;parent;non", "ne veut pas participer"),
        ("treize ans;parent;oui", "treize ans"),
    ],
)
def test_consent_that_is_none_is_refused_in_words(folder, said, words):
    found = read(folder, f"p-1;nord;{said};oui;oui")

    assert found.refused
    assert words in found.problems[0].message.to("fr")


def test_child_who_accepts_nothing_needs_no_parent(folder):
    found = read(folder, "p-1;nord;moins de 14 ans;;;non;non")

    assert found.problems == ()
    assert not found.consents["p-1"].stands


def test_who_consented_is_written_and_read_back_equal(folder, tmp_path):
    before = read(
        folder,
        "p-1;nord;moins de 14 ans;parent;trop jeune;oui;non",
        "p-2;nord;14 à 17 ans;;;oui;oui",
        "p-3;nord;;;;non;non",
    )
    write_study(before, tmp_path / "out")

    after = read_study(tmp_path / "out")

    assert after.problems == ()
    assert after.consents == before.consents


def test_a_study_without_ages_is_written_without_their_columns(tmp_path):
    new_study(tmp_path / "new", "fr")
    write_study(read_study(tmp_path / "new"), tmp_path / "out")

    header = (tmp_path / "out" / "participants.csv").read_text("utf-8-sig").splitlines()[0]

    assert "age" not in header


@given(
    age=st.sampled_from([None, *AgeGroup]),
    by_parent=st.booleans(),
    assent=st.sampled_from([None, *Assent]),
    accepted=st.sets(st.sampled_from(["analyse", "citation"])),
    purposes=st.sampled_from([PURPOSES, PURPOSES[:1], PURPOSES[1:], ()]),
)
def test_no_step_runs_on_a_child_s_word_alone(age, by_parent, assent, accepted, purposes):
    consent = consent_of(purposes, accepted, None, WhoConsented(age, by_parent, assent))

    if age is AgeGroup.UNDER_14 and not by_parent:
        assert not consent.stands
        assert not consent.quote
    if by_parent and assent is Assent.REFUSED:
        assert not consent.stands
