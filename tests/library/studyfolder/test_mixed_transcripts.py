"""A folder of transcripts that several tools wrote is read without a question."""

import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest

from croisee.studyfolder import new_study, read_study

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))
import transcript_samples as samples


@pytest.fixture
def mixed(tmp_path):
    """Return the example study with one document of each tool, under names that say nothing."""
    folder = tmp_path / "etude"
    new_study(folder, "fr")
    for number, (_name, text) in enumerate(sorted(samples.TEXTS.items())):
        path = folder / "documents" / f"verbatim-{number}"
        path.write_text(text, encoding="utf-8")
    body = samples.table(("Locuteur", "Texte"), ("Aline", "Oui."), ("Aline", "Voilà."))
    samples.word_file(folder / "documents" / "tableau", body)
    return folder


def _declare(folder, *names, merge=""):
    table = folder / "documents.csv"
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    header = lines[0].split(";")
    row = dict(zip(header, lines[1].split(";"), strict=True))
    made = [";".join([*({**row, "fichier": name}.values()), merge]) for name in names]
    table.write_text(
        "\n".join([f"{lines[0]};fusion", *(f"{line};" for line in lines[1:]), *made, ""]),
        encoding="utf-8",
    )


def test_transcripts_of_every_tool_are_read_in_one_study(mixed):
    names = [f"verbatim-{number}" for number in range(len(samples.TEXTS))]
    _declare(mixed, *names)

    read = read_study(mixed)

    assert [one.message.to("fr") for one in read.problems if one.severity == "refus"] == []
    turns = Counter(read.tables["turns"]["document"].to_pylist())
    assert sorted(turns) == sorted(["groupe-1", *names])
    said = {one.message.to("fr") for one in read.problems}
    assert "Le palier de points bruits n’est pas lu." in said


def test_turns_of_one_person_are_merged_where_the_table_says_so(mixed, tmp_path):
    other = tmp_path / "deux"
    shutil.copytree(mixed, other)
    _declare(mixed, "tableau", merge="oui")
    _declare(other, "tableau", merge="non")

    texts = {
        folder.name: [
            row["text"]
            for row in read_study(folder).tables["turns"].to_pylist()
            if row["document"] == "tableau"
        ]
        for folder in (mixed, other)
    }

    assert texts == {"etude": ["Oui.\nVoilà."], "deux": ["Oui.", "Voilà."]}


def test_recording_among_the_documents_is_refused_in_its_place(mixed):
    (mixed / "documents" / "tableau").write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(64))
    _declare(mixed, "tableau")

    refused = [one for one in read_study(mixed).problems if one.severity == "refus"]

    assert [(one.file, one.message.to("fr")) for one in refused] == [
        ("documents/tableau", "Ce fichier est un enregistrement (son ou vidéo), pas un texte.")
    ]


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (("Zoé",), "L’étiquette « Zoé » n’est reliée à personne : ses paroles ne comptent pas."),
        (
            ("Zoé", "Ulric", "Yan", "Wanda", "Xavier", "Victor"),
            (
                "6 étiquettes ne sont reliées à personne (Zoé, Ulric, Yan, Wanda, Xavier, …) : "
                "leurs paroles ne comptent pas."
            ),
        ),
    ],
)
def test_labels_of_a_file_linked_to_nobody_are_told_once(tmp_path, labels, told):
    """A folder of 29 transcripts said so 103 times."""
    folder = tmp_path / "etude"
    new_study(folder, "fr")
    lines = [f"{label} : Oui, {number} fois." for number in (1, 2) for label in labels]
    (folder / "documents" / "verbatim").write_text("\n".join(lines), encoding="utf-8")
    _declare(folder, "verbatim")

    found = [one for one in read_study(folder).problems if one.file.endswith("verbatim")]

    assert [(one.message.to("fr"), one.row) for one in found] == [(told, 1)]
    assert "locuteurs.csv" in found[0].remedy.to("fr")
