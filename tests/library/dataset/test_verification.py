import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.library.dataset.frozen_study import AT, REGISTER, STUDY, small_tables

from croisee.dataset import DatasetUnreadable, freeze, load, verify
from croisee.dataset.freezing import file_sha256
from croisee.dataset.manifest import read_manifest


@pytest.fixture(scope="module")
def intact(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("intact") / "gel"
    freeze(STUDY, small_tables(), REGISTER, out, at=AT)
    return out


@pytest.fixture
def folder(intact, tmp_path) -> Path:
    return Path(shutil.copytree(intact, tmp_path / "gel"))


def files_of(found) -> list[str]:
    return [damage.file for damage in found]


def test_intact_dataset_has_no_damage(intact):
    assert verify(intact, load(intact).digest) == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_flipped_bit_of_any_file_is_found(intact, data):
    name = data.draw(st.sampled_from(sorted(p for p in intact.rglob("*") if p.is_file())))
    content = name.read_bytes()
    place = data.draw(st.integers(0, len(content) - 1))
    changed = bytearray(content)
    changed[place] ^= 1 << data.draw(st.integers(0, 7))

    name.write_bytes(bytes(changed))
    try:
        found = verify(intact)
    finally:
        name.write_bytes(content)

    assert files_of(found) == [name.relative_to(intact).as_posix()]


def test_manifest_has_no_quiet_stretch(folder):
    path = folder / "manifest.json"
    content = path.read_bytes()
    quiet = []

    for place in range(0, len(content), 7):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        if files_of(verify(folder)) != ["manifest.json"]:
            quiet.append(place)

    assert quiet == []


def test_missing_extra_and_swapped_files_are_found(folder):
    (folder / "presences.parquet").unlink()
    (folder / "answers" / "notes.txt").write_text("x", encoding="utf-8")
    (folder / "vide").mkdir()
    shutil.copy(folder / "turns.parquet", folder / "codings.parquet")

    assert sorted(files_of(verify(folder))) == [
        "answers/notes.txt",
        "codings.parquet",
        "presences.parquet",
        "vide",
    ]


def test_link_in_place_of_a_file_is_found(folder, tmp_path):
    moved = tmp_path / "ailleurs.parquet"
    (folder / "turns.parquet").rename(moved)
    (folder / "turns.parquet").symlink_to(moved)

    assert files_of(verify(folder)) == ["turns.parquet"]


def test_manifest_rewritten_with_its_seal_does_not_hide_other_content(folder):
    """Somebody changes an answer, writes the new file hash and seals the manifest again."""
    path = folder / "positions.parquet"
    rows = pq.read_table(path)
    column = rows.schema.get_field_index("position")
    pq.write_table(rows.set_column(column, "position", [["contre"]]), path)
    manifest = read_manifest(folder)
    entry = manifest.tables["positions"]
    manifest.tables["positions"] = type(entry)(entry.rows, file_sha256(path), entry.digest)
    (folder / "manifest.json").write_bytes(manifest.to_bytes())

    assert files_of(verify(folder)) == ["positions.parquet", "manifest.json"]


def test_another_dataset_in_its_place_is_found_by_the_digest(intact, tmp_path):
    freeze(STUDY, {}, {}, tmp_path / "gel", at=AT)

    assert files_of(verify(tmp_path / "gel", load(intact).digest)) == ["manifest.json"]


def rewritten(folder: Path, change) -> None:
    path = folder / "manifest.json"
    body = json.loads(path.read_text(encoding="utf-8"))
    change(body)
    path.write_text(json.dumps(body), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.update(frozen_at="2001-01-01T00:00:00+00:00"),
        lambda body: body["consent"].update(withdrawn=0),
        lambda body: body["study"].update(extra=1),
        lambda body: body["study"]["title"].update(fr="Autre"),
        lambda body: body["tables"].update({"../../etc/passwd": {}}),
        lambda body: body["tables"]["turns"].update(digest="x"),
        lambda body: body.pop("tables"),
        lambda body: body.update(schema=99),
        lambda body: body.clear(),
    ],
)
def test_touched_manifest_is_refused_with_a_sentence(folder, change):
    rewritten(folder, change)

    with pytest.raises(DatasetUnreadable):
        load(folder)
    assert files_of(verify(folder)) == ["manifest.json"]


def test_folder_without_manifest_or_table_is_refused(folder, tmp_path):
    (folder / "turns.parquet").unlink()

    with pytest.raises(DatasetUnreadable, match=r"turns\.parquet"):
        load(folder)
    with pytest.raises(DatasetUnreadable, match=r"manifest\.json"):
        load(tmp_path)
