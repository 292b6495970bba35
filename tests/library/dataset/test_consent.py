from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
from tests.library.dataset.frozen_study import ANSWERS, AT, REGISTER, STUDY, small_tables, table

from croisee.dataset import Consent, ConsentScope, freeze
from croisee.study import Subject

EVERYBODY = {code: Consent(analysis=True, quote=True) for code in REGISTER}
HERS = ("zz", "p-2")


def everything_written(folder: Path) -> str:
    """Return all that a folder holds: its bytes, and its tables uncompressed."""
    text = ""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            text += path.read_bytes().decode("latin-1")
        if path.suffix == ".parquet":
            text += str(pq.read_table(path, partitioning=None).to_pylist())
    return text


def test_withdrawn_person_is_in_no_byte_of_the_dataset(tmp_path):
    freeze(STUDY, small_tables(), EVERYBODY, tmp_path / "avant", at=AT)
    freeze(STUDY, small_tables(), REGISTER, tmp_path / "apres", at=AT)

    before, after = everything_written(tmp_path / "avant"), everything_written(tmp_path / "apres")

    assert [word in before for word in HERS] == [True, True]
    assert [word in after for word in HERS] == [False, False]


def test_refusal_and_withdrawal_leave_the_same_dataset_as_if_she_had_never_come(tmp_path):
    tables = small_tables()
    refusal = {**REGISTER, "p-2": Consent(analysis=False, quote=True)}
    others = [row for row in tables[ANSWERS].to_pylist() if row["respondent"] != "p-2"]
    without = {**tables, ANSWERS: table(ANSWERS, others)}
    never = {code: consent for code, consent in REGISTER.items() if code != "p-2"}

    digests = {
        freeze(STUDY, tables, REGISTER, tmp_path / "a", at=AT).digest,
        freeze(STUDY, tables, refusal, tmp_path / "b", at=AT).digest,
        freeze(STUDY, without, never, tmp_path / "c", at=AT).digest,
    }

    assert len(digests) == 1


def test_consent_keeps_everybody_else_and_the_lines_of_nobody(tmp_path):
    dataset = freeze(STUDY, small_tables(), REGISTER, tmp_path / "gel", at=AT)

    assert [(row["participant"], row["quote"]) for row in dataset.rows("participants")] == [
        ("p-1", True),
        ("p-3", False),
    ]
    assert [(row["turn"], row["participant"]) for row in dataset.rows("turns")] == [
        (1, ""),
        (2, "p-1"),
        (4, "p-3"),
    ]
    assert [row["turn"] for row in dataset.rows("codings")] == [2, 4]
    assert [row["key"] for row in dataset.rows("excerpts")] == ["aide"]
    assert [row["option"] for row in dataset.rows("rankings")] == ["aide"]
    assert [row["respondent"] for row in dataset.rows(ANSWERS)] == ["p-1", "p-9"]
    assert dataset.consent == ConsentScope(kept=2, refused=0, withdrawn=1, unknown=0)


def test_interview_with_a_withdrawn_person_goes_whole_with_its_questions(tmp_path):
    dataset = freeze(STUDY, small_tables(), REGISTER, tmp_path / "gel", at=AT)

    assert [row["document"] for row in dataset.rows("documents")] == ["groupe-un"]


def test_code_that_the_register_does_not_know_has_not_consented(tmp_path):
    dataset = freeze(STUDY, small_tables(), {}, tmp_path / "gel", at=AT)

    assert {row["participant"] for row in dataset.rows("turns")} == set()
    assert [row["participant"] for row in dataset.rows("rankings")] == [""]
    assert len(dataset.rows(ANSWERS)) == 3
    assert dataset.consent == ConsentScope(kept=0, refused=0, withdrawn=0, unknown=3)


def test_codings_without_any_withdrawal_are_untouched(tmp_path):
    dataset = freeze(STUDY, small_tables(), EVERYBODY, tmp_path / "gel", at=AT)

    assert dataset.size("codings") == 3


def test_answers_of_organisations_are_nobodys_to_withdraw(tmp_path):
    form = replace(STUDY.instruments[0], subject=Subject.ORGANISATION)
    study = replace(STUDY, instruments=(form,))

    dataset = freeze(study, small_tables(), REGISTER, tmp_path / "gel", at=AT)

    assert [row["respondent"] for row in dataset.rows(ANSWERS)] == ["p-1", "p-2", "p-9"]


def test_withdrawn_member_leaves_the_frame_of_a_network_of_people_only(tmp_path):
    people = replace(STUDY.cases[0], individuals=True)
    study = replace(STUDY, cases=(people, STUDY.cases[1]))
    frame = [
        {"organisation": code, "case": case, "component": "", "edition": "", "region": ""}
        | {"type": ""}
        for code, case in (("p-1", "rivages"), ("p-2", "rivages"), ("p-2", "sommets"))
    ]

    dataset = freeze(
        study, {"organisations": table("organisations", frame)}, REGISTER, tmp_path / "gel", at=AT
    )

    assert [(row["organisation"], row["case"]) for row in dataset.rows("organisations")] == [
        ("p-1", "rivages"),
        ("p-2", "sommets"),
    ]
