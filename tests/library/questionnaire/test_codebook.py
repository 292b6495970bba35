"""A form read as a study's codebook, and its answers by the codes of that codebook."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.questionnaire.codebook import answers_of, codebook_of
from croisee.questionnaire.compiling import compile_form
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.sheet import prepare
from croisee.questionnaire.xform import read_form

FR, EN = "label::Français (fr)", "label::English (en)"


def test_a_form_and_its_answers_in_the_words_of_a_study():
    book = Workbook(
        (
            worksheet_of(
                "survey",
                [
                    {"type": "note", "name": "accueil", FR: "Bonjour", EN: "Hello"},
                    {
                        "type": "select_one accord",
                        "name": "Satisfaction_1",
                        FR: "Êtes-vous satisfaite ou satisfait ?",
                        EN: "Are you satisfied?",
                        "appearance": "croisee-echelle",
                        "croisee::nature": "ordinaire",
                        "croisee::coupe": "non / oui",
                    },
                    {"type": "select_multiple accord", "name": "outils", FR: "Outils", EN: "Tools"},
                    {"type": "rank accord", "name": "rangs", FR: "Rangs", EN: "Ranks"},
                    {"type": "decimal", "name": "heures", FR: "Heures", EN: "Hours"},
                    {"type": "begin_repeat", "name": "poste", FR: "Poste", EN: "Position"},
                    {"type": "text", "name": "titre", FR: "Titre", EN: "Title"},
                    {"type": "end_repeat"},
                    {"type": "text", "name": "mot", FR: "Un mot", EN: "A word"},
                ],
            ),
            worksheet_of(
                "choices",
                [
                    {"list_name": "accord", "name": "non", FR: "Non", EN: "No"},
                    {"list_name": "accord", "name": "oui", FR: "Oui", EN: "Yes"},
                ],
            ),
            worksheet_of("settings", [{"form_id": "eclair", "default_language": "Français (fr)"}]),
        )
    )
    form = read_form(compile_form(book).xml)
    sheet = Filling(
        prepare(form), at=datetime(2026, 11, 22, tzinfo=UTC), chance=np.random.default_rng(1)
    )
    lines = codebook_of(form, book, sheet)
    assert [line.code for line in lines] == ["satisfaction-1", "outils", "rangs", "heures", "mot"]
    assert dict(lines[0].cells) == {
        "question": "satisfaction-1",
        "libelle": "Êtes-vous satisfaite ou satisfait ?",
        "libelle_en": "Are you satisfied?",
        "type": "ordinal",
        "options": "non = Non | oui = Oui",
        "options_en": "non = No | oui = Yes",
        "nature": "ordinaire",
        "coupe": "non / oui",
    }
    sheet.set_many(
        {
            "/data/Satisfaction_1": "oui",
            "/data/outils": "non oui",
            "/data/rangs": "oui non",
            "/data/heures": "3.5",
        }
    )
    assert answers_of(sheet, lines) == {
        "satisfaction-1": "oui",
        "outils": ["non", "oui"],
        "rangs": {"oui": 1, "non": 2},
        "heures": "3.5",
    }
