"""Files kept for good: whole or not at all, made once, added to after a crash."""

import stat
import threading

import pytest

from croisee_web.kit import disk


def test_file_kept_replaces_the_one_before_and_is_for_its_owner(tmp_path):
    path = tmp_path / "a" / "b" / "cle"
    disk.keep(path, b"un")
    disk.keep(path, b"deux")

    assert path.read_bytes() == b"deux"
    assert [entry.name for entry in path.parent.iterdir()] == ["cle"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_file_made_once_is_the_same_for_all_who_come_together(tmp_path):
    path, met, read = tmp_path / "cles" / "cle", threading.Barrier(8), []

    def come(number):
        met.wait()
        read.append(disk.keep_once(path, lambda: bytes([number]) * 1000))

    people = [threading.Thread(target=come, args=(number,)) for number in range(8)]
    for one in people:
        one.start()
    for one in people:
        one.join()

    assert (len(read), len(set(read))) == (8, 1)
    assert [entry.name for entry in path.parent.iterdir()] == ["cle"]


def test_line_added_after_a_cut_one_is_not_glued_to_it(tmp_path):
    path = tmp_path / "registre.jsonl"
    disk.append(path, b"une\n")
    with path.open("ab") as file:
        file.write(b"coup")
    disk.append(path, b"deux\n")

    assert path.read_bytes() == b"une\ncoup\ndeux\n"


def test_folder_put_in_place_takes_the_place_of_the_other(tmp_path):
    made, target = tmp_path / ".rapport.partiel", tmp_path / "la" / "rapport"
    target.mkdir(parents=True)
    (target / "ancien.html").write_text("ancien", encoding="utf-8")
    (made / "figures").mkdir(parents=True)
    (made / "figures" / "F-01.svg").write_text("neuf", encoding="utf-8")

    disk.put_in_place(made, target)

    names = [path.relative_to(target).as_posix() for path in sorted(target.rglob("*"))]
    assert (names, made.exists()) == (["figures", "figures/F-01.svg"], False)


@pytest.mark.parametrize("kind", ["file", "folder", "link", "nothing"])
def test_what_is_removed_is_gone_and_nothing_else(tmp_path, kind):
    path, other = tmp_path / "a", tmp_path / "autre"
    other.mkdir()
    (other / "x").write_text("x", encoding="utf-8")
    if kind == "file":
        path.write_text("a", encoding="utf-8")
    elif kind == "folder":
        (path / "b").mkdir(parents=True)
    elif kind == "link":
        path.symlink_to(other)

    disk.remove(path)

    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["autre"]
    assert (other / "x").read_text(encoding="utf-8") == "x"
