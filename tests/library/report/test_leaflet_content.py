"""What a leaflet says, and what it must not."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.library.report.sample_release import (
    FINDINGS,
    QUOTES,
    bare,
    draft_sample,
    interviews_only,
    release_of,
    sample_release,
    survey_only,
)
from tests.library.report.sample_study import STUDY
from tests.library.report.sample_tables import TABLES

from croisee.disclosure.released import Kind
from croisee.findings import KeyNumber, Leaflet
from croisee.language import Label
from croisee.report.compose_leaflet import compose_leaflet
from croisee.report.compose_report import compose_report
from croisee.report.dates import day_of
from croisee.report.leaflet_page import Bar, BigNumber, LeafletPage, Note
from croisee.report.leaflets import write_leaflets
from croisee.report.sentences import ended, first_sentences, sentences, without_parenthesis
from croisee.tables import CaseProfile

CASES = tuple(case.code for case in STUDY.cases)


def page_of(case: str = "carrefours", language: str = "fr", **changes: object) -> LeafletPage:
    return compose_leaflet(release_of(TABLES, **changes), case, language)


def every_text(page: LeafletPage) -> str:
    return repr(replace(page, left_out=()))


@pytest.mark.parametrize("raw", [CaseProfile(("carrefours",)), TABLES[8], None, {"tables": TABLES}])
def test_leaflet_refuses_what_is_not_a_release(raw, tmp_path):
    with pytest.raises(TypeError):
        compose_leaflet(raw, "carrefours", "fr")
    with pytest.raises(TypeError):
        write_leaflets(raw, tmp_path, "fr")

    assert list(tmp_path.iterdir()) == []


def test_authors_choice_comes_first():
    page = page_of()

    assert page.title == "Une personne qui revient vaut mieux qu’une formation de plus"
    assert page.numbers == (
        BigNumber("46 sur 64", "carrefours ont répondu au sondage-éclair.", ("F-04",)),
        BigNumber("Au moins 6 sur 10", "n’ont aucune aide technique régulière.", ("F-09",)),
        BigNumber("21 sur 46", "demandent une meilleure connexion.", ("F-10",)),
    )
    assert page.proposals == (
        Note(
            "Un poste de soutien partagé entre les régions.",
            "Une personne-ressource mobile, portée par plusieurs réseaux.",
        ),
        Note("Un fonds pour la connexion.", "Rembourser la connexion des personnes membres."),
    )
    assert page.minority == Note(
        "Tout le monde n’est pas d’accord.",
        "Des personnes trouvent que le matériel doit passer avant le soutien.",
    )
    assert page.left_out == ()


def test_bars_are_functions_of_released_values():
    (chart,) = page_of().charts

    assert chart.bars == (
        Bar("Soutien sur place", "31", 1.0, 0.0, strong=True),
        Bar("Connexion Internet", "21", 0.6774, 0.0),
        Bar("Ordinateurs portables", "17", 0.5484, 0.0),
        Bar("Logiciels de base", "12", 0.3871, 0.0),
        Bar("Deuxième écran", "moins de 5", 0.0, 0.129),
    )
    assert chart.alt == (
        "Quels sont vos besoins? Soutien sur place : 31 ; Connexion Internet : 21 ; "
        "Ordinateurs portables : 17 ; Logiciels de base : 12 ; Deuxième écran : moins de 5. "
        "Nombre de carrefours, sur 46 réponses. Sondage-éclair, printemps 2020."
    )


def test_silent_authors_are_completed_from_findings_then_participation_then_answers():
    page = page_of("quartiers", leaflets=())

    assert page.title == FINDINGS[0].title.fr
    assert page.lead == (
        "Parmi les carrefours, 31 sur 46 (67 %) n’ont aucune aide régulière. "
        "Le matériel est là, l’aide manque."
    )
    assert page.lead_codes == ("F-09",)
    assert [(number.value, number.codes) for number in page.numbers] == [
        ("24 sur 30", ("F-04",)),
        ("Au moins 20 sur 24", ("F-09",)),
        ("27", ("F-05",)),
    ]
    assert [voice.code for voice in page.voices] == ["V-12"]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_code_on_the_page_is_released(case, language):
    release = sample_release().seen_by("public")
    known = {t.code for t in release.tables} | {q.code for q in release.quotes}

    page = compose_leaflet(sample_release(), case, language)

    assert set(page.codes) - known == set()
    assert all(number.codes for number in page.numbers)
    assert all(chart.codes for chart in page.charts)


def test_circle_table_stays_in_its_circle():
    secret = next(t for t in TABLES if t.audience == "cercle:carrefours")
    chosen = Leaflet("carrefours", figure=secret.key, quotes=("cercle",))
    release = release_of(TABLES, leaflets=(chosen,))

    public = compose_leaflet(release, "carrefours", "fr")
    circle = compose_leaflet(release, "carrefours", "fr", audience="cercle:carrefours")

    assert circle.charts[0].codes == (secret.code,)
    assert [voice.code for voice in circle.voices] == ["V-47"]
    assert secret.code not in public.codes
    assert "Notre fonds est petit" not in every_text(public)
    assert len(public.left_out) == 2


def test_quote_from_one_of_the_networks_never_stands_beside_a_name():
    chosen = Leaflet("carrefours", quotes=("ailleurs", "quelquun"))

    page = page_of(leaflets=(chosen,))

    assert [voice.code for voice in page.voices] == ["V-44"]
    assert [told.to("fr") for told in page.left_out] == [
        (
            "Feuillet carrefours : l’extrait « ailleurs » n’est pas diffusé avec le nom de ce "
            "réseau ; il n’y est pas."
        )
    ]


def test_quote_of_another_network_names_it():
    page = page_of(leaflets=(Leaflet("carrefours", quotes=("machine",)),))

    assert page.voices[0].source == "Coalition des quartiers · Groupes de discussion · extrait V-12"


def test_mark_to_nothing_released_is_left_out_and_told():
    chosen = Leaflet(
        "carrefours",
        title=Label("Avec {rien.du.tout} pour cent"),
        lead=Label("{eclair.2020.aide/aucune@nulle-part} n’ont rien."),
        numbers=(KeyNumber("{eclair.2020.aide/aucune@carrefours|rang}", Label("légende")),),
    )

    page = page_of(leaflets=(chosen,))

    assert page.title == FINDINGS[0].title.fr
    assert "{" not in every_text(page)
    assert [told.to("fr").split(" parle ")[0] for told in page.left_out] == [
        "Feuillet carrefours : le titre",
        "Feuillet carrefours : le chapeau",
        "Feuillet carrefours : le nombre « {eclair.2020.aide/aucune@carrefours|rang} »",
    ]


def test_disputed_proposal_is_marked_and_disputed_finding_opens_no_page():
    disputed = tuple(replace(finding, status="dispute") for finding in FINDINGS)

    page = page_of(leaflets=(), findings=disputed)

    assert page.title == "Réseau des carrefours"
    assert all(proposal.text.endswith("Constat disputé.") for proposal in page.proposals)


def test_footer_says_dates_base_masks_certificate_and_arrest():
    page = page_of()

    assert page.sources == (
        "Sondage-éclair (Printemps 2020) : 46 réponses sur 64 (72 %).",
        "Nous n’écrivons pas les nombres plus petits que 5.",
        (
            "Quand presque tout le monde, ou tout le monde, répond la même chose, nous écrivons "
            "« au moins »."
        ),
        "Les extraits sont relus ; les noms y sont masqués.",
        "Certificat éthique : 2020-000, Comité d’éthique.",
        "Chiffres arrêtés le 30 novembre 2026. Ils ne changent plus avant la prochaine édition.",
    )
    assert page.verify == (
        "Pour vérifier un chiffre, cherchez son code (F-04) dans la page « Provenance » du "
        "rapport, diffusion 2026a. · Pour nous joindre : recherche@exemple.ca"
    )


@pytest.mark.parametrize("case", CASES)
def test_at_least_is_explained_where_it_is_written(case):
    page = page_of(case, leaflets=())

    written = [number.value for number in page.numbers]
    written += [bar.value for chart in page.charts for bar in chart.bars]
    explained = [said for said in page.sources if said.endswith("nous écrivons « au moins ».")]

    assert bool(explained) == ("au moins" in " ".join((*written, page.lead)).lower())


def test_some_leaflet_writes_at_least_and_another_does_not():
    told = [" ".join(page_of(case, leaflets=()).sources) for case in CASES]

    assert {"« au moins »" in text for text in told} == {True, False}


def test_certificates_are_said_in_one_sentence():
    board = replace(STUDY.certificates[0], number="RH-1", board="Comité de la santé (fictif)")
    page = page_of(study=replace(STUDY, certificates=(*STUDY.certificates, board)))

    assert [said for said in page.sources if "éthique" in said] == [
        "Certificats éthiques : 2020-000, Comité d’éthique ; RH-1, Comité de la santé (fictif)."
    ]


def test_draft_says_so_and_does_not_promise_its_numbers():
    page = compose_leaflet(draft_sample(), "carrefours", "fr")

    assert page.draft != ""
    assert page.sources[-1] == "Épreuve : les chiffres peuvent encore changer."


def test_address_is_printed_only_when_it_opens():
    address = "https://croisee.exemple.ca/numerique"

    shown = page_of(study=replace(STUDY, address=address))
    refused = page_of(study=replace(STUDY, address="javascript:alert(1)"))

    assert (shown.url, refused.url) == (address, "")
    assert address in shown.verify


def test_chart_title_leaves_out_what_the_question_told_respondents():
    question = Label(
        "De quoi avez-vous besoin ? (jusqu’à trois choix)", "What do you need? (three)"
    )
    asked = tuple(replace(t, title=question) if t.kind is Kind.MULTIPLE else t for t in TABLES)
    release = release_of(asked)

    pages = [compose_leaflet(release, case, "fr") for case in CASES]
    titles = {chart.title for page in pages for chart in page.charts}

    assert "De quoi avez-vous besoin ?" in titles
    assert [title for title in titles if "trois choix" in title] == []
    assert "Nombre de carrefours, sur 46 réponses. Jusqu’à trois choix." in " ".join(
        chart.note for page in pages for chart in page.charts
    )


def test_source_of_an_extract_begins_with_a_capital():
    unnamed = tuple(replace(quote, method="") for quote in QUOTES)

    voices = [v for case in CASES for v in page_of(case, quotes=unnamed, leaflets=()).voices]

    assert voices
    assert [v.source for v in voices if not v.source.startswith("Extrait V-")] == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("De quoi ? (jusqu’à trois choix)", "De quoi ?"),
        ("Le (grand) soir", "Le (grand) soir"),
        ("(tout)", "(tout)"),
    ],
)
def test_only_a_last_parenthesis_leaves(said, kept):
    assert without_parenthesis(said) == kept


def test_where_the_source_broke_a_line_the_leaflet_does_not():
    broken = tuple(replace(q, text=q.text.replace(" ", "\n", 3)) for q in QUOTES)

    page = page_of(quotes=broken)
    report = compose_report(release_of(TABLES, quotes=broken), "fr")

    assert page.voices
    assert [voice.text for voice in page.voices if "\n" in voice.text] == []
    assert "\\n" not in repr([b for s in report.sections for b in s.blocks])


def test_survey_alone_fills_its_page_with_figures():
    page = compose_leaflet(survey_only(), "carrefours", "fr")

    assert (page.voices, page.proposals, page.minority) == ((), (), None)
    assert len(page.numbers) == 3
    assert len(page.charts) >= 2


def test_interviews_alone_still_speak():
    page = compose_leaflet(interviews_only(), "carrefours", "fr")

    assert (page.numbers, page.charts) == ((), ())
    assert [voice.code for voice in page.voices] == ["V-44"]


def test_nothing_to_say_gives_no_page(tmp_path):
    told = write_leaflets(bare(), tmp_path, "fr")

    assert list(tmp_path.iterdir()) == []
    assert [phrase.to("fr") for phrase in told] == [
        f"Feuillet {case} : rien à dire, aucune page." for case in CASES
    ]


def test_a_leaflet_without_a_release_code_leaves_no_blank_where_it_would_be():
    page = compose_leaflet(release_of(TABLES, code=""), "carrefours", "fr")

    assert (page.release_code, "diffusion" in page.dated) == ("", False)
    assert page.verify.startswith(
        "Pour vérifier un chiffre, cherchez son code (F-04) dans la page « Provenance » du rapport."
    )


def test_no_table_of_several_networks_speaks_for_one():
    pooled = tuple(t for t in TABLES if t.kind is Kind.PROFILE)

    page = compose_leaflet(
        release_of(pooled, quotes=(), findings=(), leaflets=()), "carrefours", "fr"
    )

    assert page.empty


@given(st.text(max_size=200))
def test_sentences_lose_no_word(text):
    assert " ".join(sentences(text)).split() == text.split()


def test_first_sentences_stop_at_a_sentence_end():
    text = "Une phrase de M. tout le monde. Une deuxième ! Une troisième.\n\nAutre paragraphe."

    assert first_sentences(text, 50) == "Une phrase de M. tout le monde. Une deuxième !"
    assert first_sentences(text, 1) == "Une phrase de M. tout le monde."
    assert first_sentences("", 10) == ""


@pytest.mark.parametrize(
    ("text", "whole"), [("Un fonds", "Un fonds."), ("Pourquoi ?", "Pourquoi ?"), ("", "")]
)
def test_ended_adds_one_stop_at_most(text, whole):
    assert ended(text) == whole


def test_dates_read_as_people_write_them():
    assert day_of(date(2026, 10, 1), "fr") == "1er octobre 2026"
    assert day_of(date(2026, 10, 20), "en") == "20 October 2026"
