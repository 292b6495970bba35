"""``croisee search``: every writing of a word in a study of mixed files, and nothing else."""

import unicodedata

import pytest
from docx import Document

from croisee.cli import main
from croisee.run.searching import search_study
from croisee.studyfolder import read_study
from croisee.text import Nearness, Search

WRITINGS = (
    "intervenante", "intervenantes", "Intervenante", "INTERVENANTES", "intervenant·e",
    "intervenant∙e∙s", "intervenant‧e", "intervenant•e•s", "intervenant.e.s", "intervenant-e-s",
    "intervenant(e)s", "intervenant(e)", "intervenant/e", "intervenants/intervenantes",
    "intervenantEs", "intervenantes et intervenants", "intervenantes et les intervenants",
    "intervenant ou une intervenante", "interve\u00adnante",
    "intervenant_e_s", "intervenant_e",
)  # fmt: skip
NOT_THE_WORD = (
    "intervention", "interventions", "intervenir", "intervenaient", "intervient", "survenante",
    "intervenante42", "contrevenante", "intervenance",
)  # fmt: skip
OTHER_GENDER = ("intervenant", "intervenants")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A study whose text, Word, subtitle and answer files hold each writing once."""
    folder = tmp_path_factory.mktemp("mots") / "étude"
    assert main(["new", str(folder)]) == 0
    lines = [f"Aline : On a vu {one} hier." for one in WRITINGS]
    lines += [f"Basile : On a vu {one} hier." for one in NOT_THE_WORD]
    lines += [f"Basile : en {one} hier." for one in OTHER_GENDER]
    documents = folder / "documents"
    (documents / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    decomposed = unicodedata.normalize("NFD", "Aline : l’employée dit intervenante.\nC’est réel.")
    (documents / "b.txt").write_text(decomposed, encoding="utf-8")
    word = Document()
    word.add_paragraph("Aline : Je suis intervenante ici.")
    word.save(str(documents / "c.docx"))
    cue = "WEBVTT\n\n00:01:05.000 --> 00:01:09.000\n<v Aline>Une intervenante, oui.\n"
    (documents / "d.vtt").write_text(cue, encoding="utf-8")
    _add(folder / "documents.csv", *(f"{n};potagers;groupe;groupe-1;2024;" for n in
         ("a.txt", "b.txt", "c.docx", "d.vtt")))  # fmt: skip
    _add(folder / "locuteurs.csv", *(f"{n};{who};{code}" for n in
         ("a.txt", "b.txt", "c.docx", "d.vtt")
         for who, code in (("Aline", "p-01"), ("Basile", "p-02"))))  # fmt: skip
    _add(folder / "instruments" / "accueil.csv", "motif;Pourquoi ?;Why?;texte;;;fait;;;;;;")
    answers = folder / "reponses" / "accueil_2024.csv"
    rows = answers.read_text(encoding="utf-8-sig").splitlines()
    said = {"pot-01": "Notre intervenante est partie."}
    answers.write_text(
        "\n".join(
            [rows[0] + ";motif", *(f"{r};{said.get(r.split(';')[0], '')}" for r in rows[1:])]
        ),
        encoding="utf-8",
    )
    return folder


def _add(path, *lines):
    text = path.read_text(encoding="utf-8-sig").rstrip("\n")
    path.write_text("\n".join([text, *lines]) + "\n", encoding="utf-8")


def _found(study, words, nearness=Nearness.SAME):
    hits = search_study(read_study(study), words)
    return [hit for hit in hits if hit.passage.nearness is nearness]


def test_every_writing_is_found_once_and_nothing_else(study):
    hits = [hit for hit in _found(study, "intervenante") if hit.text.where.endswith("a.txt")]

    assert [hit.passage.text for hit in hits] == list(WRITINGS)


def test_what_must_not_be_found_is_really_there(study):
    """Broken control: the folder holds the other words, and each is found when it is asked."""
    found = [word for word in NOT_THE_WORD if not _found(study, word)]

    assert found == []


def test_the_other_gender_alone_is_found_apart(study):
    hits = _found(study, "intervenante", Nearness.OTHER_GENDER)

    assert [hit.passage.text for hit in hits] == list(OTHER_GENDER)


def test_every_kind_of_file_is_searched_and_its_place_told(study):
    hits = [hit for hit in _found(study, "INTERVENANTE") if not hit.text.where.endswith("a.txt")]

    assert [(hit.text.where, hit.text.place.to("fr")) for hit in hits] == [
        ("documents/b.txt", "tour 1, Aline"),
        ("documents/c.docx", "tour 1, Aline"),
        ("documents/d.vtt", "tour 1, 0:01:05, Aline"),
        ("reponses/accueil@2024", "réponse de pot-01, question motif"),
    ]


def test_an_open_question_of_an_instrument_gives_its_answers_alone(study):
    hits = search_study(read_study(study), "intervenante", "motif")

    assert [(hit.text.where, hit.text.person) for hit in hits] == [
        ("reponses/accueil@2024", "pot-01")
    ]


def test_words_are_found_in_their_order_only(study):
    right, wrong = _found(study, "l'employée dit"), _found(study, "dit l'employée")

    assert ([hit.text.where for hit in right], wrong) == (["documents/b.txt"], [])


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("travailleuse sociale", "des travailleur·euse·s sociaux", "travailleur·euse·s sociaux"),
        ("les élues", "Avec les élu(e)s", "les élu(e)s"),
        ("élu·e·s", "un élu", "élu"),
        ("elle", "ils·elles", "ils·elles"),
        ("mois", "c’est moi", None),
        ("port", "la porte", None),
        ("cas", "ça", None),
        ("e", "intervenant·e·s", None),
        ("local", "les locaux", "locaux"),
        ("iel", "le logiciel", None),
        ("iel", "Iel viendra", "Iel"),
        ("œuvre", "L’OEUVRE", "OEUVRE"),
        ("employée", "EMPLOYEE", "EMPLOYEE"),
        ("bien commun", "bien. Commun", None),
        ("bien commun", "bien\ncommun", "bien\ncommun"),
        ("centre-ville", "le Centre ville", "Centre ville"),
    ],
)
def test_a_word_is_found_as_people_write_it(asked, text, found):
    passages = [one for one in Search(asked).find(text) if one.nearness is Nearness.SAME]

    assert [one.text for one in passages] == ([found] if found else [])


def test_a_piece_of_an_address_or_of_a_file_name_was_not_said():
    text = (
        "L’intervenante (voir https://exemple.org/l-intervenante, intervenante@exemple.org, "
        "www.intervenante.ca et guide_intervenante-2.pdf) parle aux intervenant.e.s. Une "
        "intervenante. Intervenante/éducatrice, Exemple.org: intervenante."
    )

    passages = Search("intervenante").find(text)

    apart = [one for one in passages if one.nearness is Nearness.IN_ADDRESS]
    said = [one.text for one in passages if one.nearness is Nearness.SAME]
    assert said == [
        "intervenante",
        "intervenant.e.s",
        "intervenante",
        "Intervenante",
        "intervenante",
    ]
    assert len(apart) == 4


def test_other_accents_are_apart_and_offsets_are_stored_ones():
    text = unicodedata.normalize("NFD", "Le marché marche.")

    found = [(one.text, one.nearness) for one in Search("marche").find(text)]

    assert found == [
        (unicodedata.normalize("NFD", "marché"), Nearness.OTHER_ACCENTS),
        ("marche", Nearness.SAME),
    ]


def _told(capsys, *words):
    code = main(["search", *map(str, words)])
    told = capsys.readouterr()
    return code, told.out.replace("\u00a0", " "), told.err.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "first", "forms"),
    [
        ("fr", "« motif absent » ne se trouve dans aucun texte.", "Cherché : verbatims"),
        ("en", "“motif absent” is in no text.", "Searched: transcripts"),
    ],
)
def test_nothing_found_is_said_in_words(study, capsys, language, first, forms):
    code, out, err = _told(capsys, study, "motif", "absent", "--lang", language)

    assert (code, out.splitlines()[0], forms in out, err) == (0, first, True, "")


def test_the_screen_says_what_was_counted_and_what_was_not(study, capsys):
    code, out, _ = _told(capsys, study, "intervenante", "--lang", "fr")
    shown = _told(capsys, study, "intervenante", "--near", "--lang", "fr")[1]

    assert (code, out.splitlines()[:2]) == (
        0,
        [
            "« intervenante » : 25 passages dans 5 fichiers.",
            "Pour l’équipe seulement : ces paroles ne sont pas désidentifiées.",
        ],
    )
    assert "L’autre genre écrit seul, non compté : intervenant (1), intervenants (1)." in out
    assert ("en [intervenants] hier" in out, "en [intervenants] hier" in shown) == (False, True)


@pytest.mark.parametrize("words", ["!!", "  ", "é" * 300])
def test_what_is_no_word_is_refused_in_words(study, capsys, words):
    code, out, err = _told(capsys, study, words, "--lang", "fr")

    assert (code, out, "Donnez un mot" in err) == (2, "", True)


def test_words_of_somebody_who_left_are_not_searched(study, tmp_path, capsys):
    import shutil

    left = shutil.copytree(study, tmp_path / "retrait")
    register = left / "participants.csv"
    register.write_text(
        register.read_text(encoding="utf-8-sig").replace(
            "p-01;potagers;groupe-1;oui;oui;", "p-01;potagers;groupe-1;oui;oui;2024-06-01"
        ),
        encoding="utf-8",
    )

    before, after = len(_found(study, "intervenante")), _found(left, "intervenante")

    assert (before, [hit.text.where for hit in after]) == (25, ["reponses/accueil@2024"])
