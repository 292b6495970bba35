"""A disk that loses its power: what strace saw of a site's writes, cut anywhere and rebuilt.

The model is a strict one. Bytes are on the disk once their file was flushed; a name, or the
removal of one, once its folder was. The rest may be there or not: nothing of it (``none``), half
of it (``half``), or half of it in another order, block by block (``reordered``). A rename is one
thing. What stops a machine never tears a block of 4096 bytes here.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

VARIANTS = ("none", "half", "reordered")
BLOCK = 4096
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


@dataclass
class Inode:
    """A file: what is on the disk, what was written since, and what a reader sees."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list = field(default_factory=list)
    live: bytearray = field(default_factory=bytearray)
    folder: bool = False


@dataclass
class Naming:
    """A change of names: ``changes`` are (folder, name, inode or ``None``)."""

    changes: tuple


class Disk:
    """The files under one folder, as the disk holds them and as a reader sees them."""

    def __init__(self, root: Path):
        self.root = root
        self.inodes = [Inode(folder=True)]
        self.live = {}
        self.durable = {}
        self.namings = []
        self.offsets = {}
        self._take(root, 0)

    def _take(self, folder, number):
        """Begin from what lies there, all of it durable."""
        for path in sorted(folder.iterdir()):
            content = b"" if path.is_dir() else path.read_bytes()
            made = self._inode(folder=path.is_dir(), content=content)
            self.live[number, path.name] = self.durable[number, path.name] = made
            if path.is_dir():
                self._take(path, made)

    def _inode(self, *, folder=False, content=b""):
        self.inodes.append(Inode(bytearray(content), [], bytearray(content), folder))
        return len(self.inodes) - 1

    def place(self, path):
        """Return (folder's inode, name) of a path under the root; ``None`` for another."""
        path = Path(path)
        if not path.is_relative_to(self.root) or path == self.root:
            return None
        folder = 0
        parts = path.relative_to(self.root).parts
        for part in parts[:-1]:
            folder = self.live.get((folder, part))
            if folder is None:
                return None
        return folder, parts[-1]

    def at(self, path):
        """Return the inode at a path, if it is one of ours."""
        if Path(path) == self.root:
            return 0
        place = self.place(path)
        return None if place is None else self.live.get(place)

    def name(self, *changes):
        """Change names, together: each is (place, inode or ``None``)."""
        given = tuple((*place, number) for place, number in changes if place is not None)
        if given:
            self.namings.append(Naming(given))
            _name(self.live, given)

    def create(self, path, *, folder=False):
        place = self.place(path)
        if place is not None:
            self.name((place, self._inode(folder=folder)))

    def write(self, number, offset, content):
        inode = self.inodes[number]
        inode.pending.append((offset, content))
        _write(inode.live, offset, content)

    def truncate(self, number, size):
        inode = self.inodes[number]
        inode.pending.append((size, None))
        _write(inode.live, size, None)

    def sync(self, number):
        """Make a file's bytes durable, or a folder's names."""
        inode = self.inodes[number]
        for offset, content in inode.pending:
            _write(inode.durable, offset, content)
        inode.pending.clear()
        kept = []
        for naming in self.namings:
            if inode.folder and any(change[0] == number for change in naming.changes):
                _name(self.durable, naming.changes)
            else:
                kept.append(naming)
        self.namings = kept

    def rebuild(self, target, variant, rng):
        """Write under ``target`` what the disk may hold if the power goes now."""
        names = dict(self.durable)
        for naming in self._surviving(self.namings, variant, rng):
            _name(names, naming.changes)
        inside = {}
        for (folder, name), number in names.items():
            inside.setdefault(folder, []).append((name, number))
        self._lay(target, 0, inside, variant, rng)

    def _lay(self, target, folder, inside, variant, rng):
        target.mkdir(parents=True, exist_ok=True)
        for name, number in inside.get(folder, ()):
            inode = self.inodes[number]
            if inode.folder:
                self._lay(target / name, number, inside, variant, rng)
                continue
            content = inode.durable
            if inode.pending and variant != "none":
                content = bytearray(content)
                for offset, part in self._surviving(_blocks(inode.pending), variant, rng):
                    _write(content, offset, part)
            (target / name).write_bytes(content)

    @staticmethod
    def _surviving(changes, variant, rng):
        if variant == "none":
            return []
        kept = [change for change in changes if rng.random() < 0.5]
        if variant == "reordered" and kept and isinstance(kept[0], tuple):
            return [kept[i] for i in rng.permutation(len(kept))]
        return kept

    def differs_from(self, folder):
        """Return the paths where what a reader sees is not what lies in a real folder."""
        seen = {}
        self._walk(0, Path(), seen)
        real = {
            path.relative_to(folder): None if path.is_dir() else path.read_bytes()
            for path in folder.rglob("*")
            if not path.name.endswith("-shm")
        }
        return sorted(
            str(path) for path in {*seen, *real} if seen.get(path, b"-") != real.get(path, b"-")
        )

    def _walk(self, folder, path, seen):
        for (parent, name), number in self.live.items():
            if parent != folder or name.endswith("-shm"):
                continue
            inode = self.inodes[number]
            seen[path / name] = None if inode.folder else bytes(inode.live)
            if inode.folder:
                self._walk(number, path / name, seen)


def _name(names, changes):
    for folder, name, number in changes:
        if number is None:
            names.pop((folder, name), None)
        else:
            names[folder, name] = number


def _write(content, offset, part):
    if part is None:
        del content[offset:]
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    if part is not None:
        content[offset : offset + len(part)] = part


def _blocks(pending):
    """Cut writes at the blocks of the disk: each reaches it alone."""
    for offset, content in pending:
        if content is None:
            yield offset, None
            continue
        start = 0
        while start < len(content):
            end = start + BLOCK - (offset + start) % BLOCK
            yield offset + start, content[start:end]
            start = end


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
