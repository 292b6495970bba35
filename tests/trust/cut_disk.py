"""A disk that loses its power: what was flushed is there, the rest may be.

The model is a strict one. Bytes are on the disk once their file was flushed; a name, or the
removal of one, once its folder was. The rest may be there or not: nothing of it (``none``), half
of it (``half``), or half of it in another order, block by block (``reordered``). A rename is one
thing. What stops a machine never tears a block of 4096 bytes here.
"""

from dataclasses import dataclass, field
from pathlib import Path

VARIANTS = ("none", "half", "reordered")
BLOCK = 4096


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
