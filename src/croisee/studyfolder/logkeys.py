"""``cles-du-journal.txt``: who can open the log of replacements, as public keys (age)."""

from __future__ import annotations

import pyrage

from croisee.language import phrase
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.problems import Place

LOG_KEYS = ("cles-du-journal", "log-keys")


def read_log_keys(folder: Folder) -> tuple[str, ...]:
    """Return the public keys of the file, one a line; lines that begin with ``#`` are comments.

    A line that is no key is refused by its number and never repeated: it may be a private key.
    """
    name = folder.find(LOG_KEYS, (".txt",))
    if name is None:
        return ()
    keys: dict[str, None] = {}
    text = folder.use(name).read_bytes().decode("utf-8-sig", "replace")
    for row, line in enumerate(text.splitlines(), start=1):
        key = line.strip()
        if not key or key.startswith("#"):
            continue
        try:
            pyrage.x25519.Recipient.from_str(key)
        except pyrage.RecipientError:
            folder.problems.refuse(Place(name, row), _NO_KEY)
        else:
            keys[key] = None
    return tuple(keys)


_NO_KEY = (
    phrase("Cette ligne n’est pas une clé publique (age1…)."),
    phrase("Recopiez la clé donnée par croisee key. Une clé secrète ne va jamais ici."),
)
