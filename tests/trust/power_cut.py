"""What strace saw of a site's writes, played on a disk and cut anywhere."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np

TRACED = (
    "openat,open,write,pwrite64,writev,pwritev,fsync,fdatasync,ftruncate,truncate,rename,renameat,"
    "renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,lseek,sendfile,"
    "copy_file_range,fallocate"
)


def strace(*arguments):
    """Return a command under strace; ``None`` where it is not there, or may not watch."""
    found = shutil.which("strace")
    if found is None:
        return None
    tried = subprocess.run([found, "-qq", "-o", "/dev/null", "true"], check=False)
    return [found, "-f", "-qq", *arguments] if tried.returncode == 0 else None


def watching(trace):
    """Return the command that records every write of what follows it."""
    return strace(
        "--seccomp-bpf", "-y", "--strings-in-hex=all", "-s", "1000000000",
        "-e", f"trace={TRACED}", "-e", "signal=none", "-o", str(trace),
    )  # fmt: skip


_CALL = re.compile(r"^(\d+)\s+(\w+)\((.*)\)\s+= (-?\d+)(?:<([^>]*)>)?")
_BEGUN = re.compile(r"^(\d+)\s+(.*?)\s*<unfinished \.\.\.>$")
_ENDED = re.compile(r"^(\d+)\s+<\.\.\. \w+ resumed>(.*)$")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_HANDLE = re.compile(r"(?:(\d+)|AT_FDCWD)<((?:\\x[0-9a-f]{2})*)>")
_DELETED = " (deleted)"


def calls(trace):
    """Yield the system calls of a trace that succeeded, in the order they ended."""
    begun = {}
    with trace.open("r", encoding="ascii") as lines:
        for line in lines:
            whole = line
            if found := _BEGUN.match(line):
                begun[found[1]] = found[2]
                continue
            if found := _ENDED.match(line):
                whole = f"{found[1]} {begun.pop(found[1])}{found[2]}"
            if (found := _CALL.match(whole)) and int(found[4]) >= 0:
                yield Call(found[2], found[3], int(found[4]), _plain(found[5] or ""))


def _plain(hexed):
    return bytes.fromhex(hexed.replace("\\x", "")).decode("utf-8", "surrogateescape")


@dataclass
class Call:
    """A system call: its name, what it was given, what it answered."""

    name: str
    given: str
    answer: int
    opened: str

    def handles(self):
        """Return the (number, path) of each descriptor it was given."""
        return [(int(n) if n else -1, _plain(p)) for n, p in _HANDLE.findall(self.given)]

    def texts(self):
        """Return each string it was given, in bytes."""
        return [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(self.given)]

    def paths(self):
        """Return the paths it names, whole."""
        folders = [path for _number, path in self.handles()]
        told = []
        for n, text in enumerate(self.texts()):
            path = Path(text.decode("utf-8", "surrogateescape"))
            if not path.is_absolute() and folders:
                path = Path(folders[min(n, len(folders) - 1)]) / path
            told.append(path)
        return told

    def last_number(self):
        return int(re.findall(r"-?\d+", self.given.rpartition(",")[2])[0])


class Player:
    """Plays a trace on a disk, call by call; notes the acknowledgements written meanwhile."""

    def __init__(self, disk, told):
        self.disk, self.told = disk, told
        self.acknowledged = 0

    def play(self, call):
        """Do what a call did; return whether it changed anything, or acknowledged something."""
        act = getattr(self, f"_{_ACTS.get(call.name, call.name)}", None)
        if act is None:
            raise NotImplementedError(call.name)
        return act(call)

    def _open(self, call):
        path, flags = call.opened, call.given
        self.disk.offsets[call.answer] = 0
        if "O_CREAT" in flags and self.disk.place(path) and self.disk.at(path) is None:
            self.disk.create(path)
        number = self.disk.at(path)
        if number is None or self.disk.inodes[number].folder:
            return False
        if "O_APPEND" in flags:
            self.disk.offsets[call.answer] = None
        if "O_TRUNC" in flags and self.disk.inodes[number].live:
            self.disk.truncate(number, 0)
        return "O_CREAT" in flags or "O_TRUNC" in flags

    def _write(self, call):
        (handle, path), content = call.handles()[0], b"".join(call.texts())[: call.answer]
        if path == str(self.told):
            self.acknowledged += content.count(b"\n")
            return True
        return self._append(handle, path, content)

    def _append(self, handle, path, content):
        number = self.disk.at(path.removesuffix(_DELETED))
        if number is None or path.endswith(_DELETED):
            return False
        at = self.disk.offsets.get(handle)
        if at is None:
            at = len(self.disk.inodes[number].live)
        else:
            self.disk.offsets[handle] = at + len(content)
        self.disk.write(number, at, content)
        return True

    def _write_at(self, call):
        (_handle, path), content = call.handles()[0], b"".join(call.texts())[: call.answer]
        number = self.disk.at(path)
        if number is None:
            return False
        self.disk.write(number, call.last_number(), content)
        return True

    def _seek(self, call):
        handle, _path = call.handles()[0]
        if self.disk.offsets.get(handle) is not None:
            self.disk.offsets[handle] = call.answer
        return False

    def _copy(self, call):
        (out, target), (_from, source) = call.handles()[:2]
        began = re.search(r"\[(\d+)\]", call.given)
        at = int(began[1]) if began else 0
        number = self.disk.at(source)
        content = Path(source).read_bytes() if number is None else self.disk.inodes[number].live
        return self._append(out, target, bytes(content[at : at + call.answer]))

    def _sync(self, call):
        number = self.disk.at(call.handles()[0][1])
        if number is not None:
            self.disk.sync(number)
        return number is not None

    def _cut(self, call):
        number = self.disk.at(call.handles()[0][1])
        if number is not None:
            self.disk.truncate(number, call.last_number())
        return number is not None

    def _move(self, call):
        source, target = call.paths()[:2]
        number = self.disk.at(source)
        if number is None:
            if self.disk.place(target):
                raise NotImplementedError(f"{source} comes from outside")
            return False
        self.disk.name((self.disk.place(source), None), (self.disk.place(target), number))
        return True

    def _link(self, call):
        source, target = call.paths()[:2]
        number = self.disk.at(source)
        if number is not None:
            self.disk.name((self.disk.place(target), number))
        return number is not None

    def _unlink(self, call):
        place = self.disk.place(call.paths()[0])
        self.disk.name((place, None))
        return place is not None

    def _mkdir(self, call):
        path = call.paths()[0]
        self.disk.create(path, folder=True)
        return self.disk.place(path) is not None


_ACTS = {
    "openat": "open", "pwrite64": "write_at", "fsync": "sync", "fdatasync": "sync",
    "ftruncate": "cut", "rename": "move", "renameat": "move", "renameat2": "move",
    "linkat": "link", "unlinkat": "unlink", "rmdir": "unlink", "mkdirat": "mkdir",
    "lseek": "seek", "sendfile": "copy",
}  # fmt: skip
"""What each system call does. One that is in none of them stops the test: it must be thought of."""


def cuts(disk, trace, told, chosen):
    """Play a trace; yield (call's number, acknowledgements so far) at each chosen call.

    ``chosen`` are numbers among the calls that changed something, in order.
    """
    player, turn, wanted = Player(disk, told), 0, sorted(chosen)
    for call in calls(trace):
        if not player.play(call):
            continue
        while wanted and wanted[0] == turn:
            yield wanted.pop(0), player.acknowledged
        turn += 1


def length(root_before, trace, told, root_after):
    """Return how many calls of a trace change something, after checking that none is missed.

    Raises:
        AssertionError: what the trace makes is not what the machine made.
    """
    disk = root_before
    player = Player(disk, told)
    number = sum(player.play(call) for call in calls(trace))
    assert disk.differs_from(root_after) == []
    return number, player.acknowledged


def seeded(number, of, seed):
    """Return seeded places to cut at, all different."""
    rng = np.random.default_rng(seed)
    return [int(n) for n in rng.choice(of, size=min(number, of), replace=False)]
