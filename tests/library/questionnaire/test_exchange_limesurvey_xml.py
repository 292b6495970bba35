"""LimeSurvey's own file, written: what is read back is what was written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import REAL_DATA
from tests.library.questionnaire.generated_forms import workbooks
from tests.library.run.test_convert_questionnaires import BOOK, records

from croisee.cli import main
from croisee.formats.limesurvey import Asked, Attribute, Part, Section, Survey
from croisee.formats.lss import read_lss, survey_in
from croisee.formats.lss_writing import write_lss
from croisee.formats.xlsform import write_workbook
from croisee.questionnaire.exchanges.limesurvey import read_limesurvey
from croisee.questionnaire.exchanges.limesurvey_out import write_limesurvey

SURVEYS = REAL_DATA / "survey"
LANGUAGES = ("fr", "en")
TEXT = st.text('aé’ <&>"]œ\n', min_size=1, max_size=12).map(lambda text: f"M{text}".strip())
CODE = st.from_regex(r"[A-Z][A-Z0-9]{1,4}", fullmatch=True)


@st.composite
def texts(draw):
    return tuple((one, draw(TEXT)) for one in LANGUAGES if draw(st.booleans()))


@st.composite
def parts(draw, *, asked):
    made = [
        Part(code, draw(texts()), draw(st.sampled_from([0, 1])),
             draw(st.sampled_from(["", "Q1 == 'A'"])) if asked else "")
        for code in draw(st.lists(CODE, max_size=4, unique=True))
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: one.scale))


@st.composite
def surveys(draw):
    sections = []
    for _ in range(draw(st.integers(1, 3))):
        questions = tuple(
            Asked(
                code, draw(st.sampled_from("LMSFNRT;")), draw(texts()), draw(texts()),
                draw(st.sampled_from("YNS")), draw(st.booleans()),
                draw(st.sampled_from(["", 'Q1.NAOK < 3 and Q2 == "A"'])),
                draw(st.sampled_from(["", "/^[a-z]&+$/"])), draw(st.sampled_from(["", "A1"])),
                draw(parts(asked=True)), draw(parts(asked=False)),
                tuple(Attribute(name, "1", language) for name, language in
                      draw(st.sets(st.sampled_from([("hidden", ""), ("prefix", "fr")])))),
            )
            for code in draw(st.lists(CODE, max_size=4, unique=True))
        )  # fmt: skip
        sections.append(Section(draw(texts()), draw(texts()), draw(st.sampled_from(["", "a == 1"])),
                                questions))  # fmt: skip
    return Survey(LANGUAGES, tuple(sections), draw(texts()), draw(texts()), draw(texts()))


def without_numbers(survey):
    return replace(
        survey,
        settings=(),
        sections=tuple(
            replace(one, questions=tuple(replace(asked, place="") for asked in one.questions))
            for one in survey.sections
        ),
    )


@settings(max_examples=60, deadline=None)
@given(surveys())
def test_any_survey_is_read_back_as_it_was_written_in_both_languages(survey):
    again = survey_in(write_lss(survey))
    assert without_numbers(again) == survey
    assert survey_in(write_lss(again)) == again


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(book=workbooks(nested=False))
def test_a_form_gives_the_same_questionnaire_by_both_files_of_limesurvey(tmp_path, book):
    made = []
    for name in ("x.lss", "x.txt"):
        exported = write_limesurvey(book, xml=name.endswith(".lss"))
        (tmp_path / name).write_bytes(exported.content)
        made.append(read_limesurvey(tmp_path / name).workbook.sheet("survey").records())
        assert exported.losses == ()
    assert made[0] == made[1]


@pytest.mark.skipif(not SURVEYS.is_dir(), reason="the real data are not beside the project")
@pytest.mark.parametrize(
    "name",
    [
        "limesurvey_dsfr_fr/limesurvey_questionnaire_test_rgaa.lss",
        "limesurvey_imex/survey-one-question-two-languages.lss",
        "limesurvey_imex/blank-survey.lss",
    ],
)
def test_a_real_survey_is_written_and_read_the_same_but_for_tables_not_read(name):
    read = read_lss(SURVEYS / name)
    again = survey_in(write_lss(read))
    assert again.sections == read.sections
    assert dict(again.settings) == dict(read.settings)
    assert replace(again, settings=(), other=()) == replace(read, settings=(), other=())


def test_signs_that_xml_refuses_do_not_stop_a_survey():
    section = Section((("fr", "A\x00B\x1f]]>"),), questions=(Asked("q", "S", place="1X0X"),))
    assert survey_in(write_lss(Survey(("fr",), (section,)))).sections[0].names == (("fr", "AB]]>"),)


def test_a_form_is_written_for_limesurvey_at_the_command_line_and_comes_back(tmp_path, capsys):
    (tmp_path / "eclair.xlsx").write_bytes(write_workbook(BOOK))
    assert main(["convert", str(tmp_path / "eclair.xlsx"), str(tmp_path / "x.lss")]) == 0
    assert "LimeSurvey n’a pas de bloc répété" in capsys.readouterr().out.replace("\xa0", " ")
    assert main(["convert", str(tmp_path / "x.lss"), str(tmp_path / "retour.xlsx")]) == 0
    asked = {row["name"]: row for row in records(tmp_path / "retour.xlsx")}
    assert asked["mots"]["relevant"] == "${aiderecue} = 'o'"
