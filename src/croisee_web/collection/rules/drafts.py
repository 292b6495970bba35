"""What is kept of answers being written, sealed with a key that only their address holds."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime

import numpy as np

from croisee.questionnaire.filling import Filling
from croisee.questionnaire.sheet import Prepared
from croisee_web.kit.sealing import Cipher

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 signs: no I, L, O or U, so that a code is copied by hand without a mistake."""
_READ_AS = str.maketrans("OIL", "011")
_GROUPS, _GROUP = 4, 4


def new_receipt() -> str:
    """Return a code of 80 bits that its holder alone knows: « 7K2M-Q9RX-0F4T-VB8C »."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


@dataclass(slots=True)
class Kept:
    """Answers being written.

    ``values`` by address; ``times``: how often each repeat is asked, ``[path, where, n]``, outer
    ones first; ``passed``: the pages gone past; ``case``: the network said on an open link;
    ``seed``: what is drawn at random stays the same from page to page. ``form``: the filled form,
    once it was sent and may have to be again; ``spent``: it was received, and nothing else is
    kept.
    """

    published: int
    values: dict[str, str] = field(default_factory=dict)
    times: list[list[str | int]] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    case: str = ""
    seed: int = field(default_factory=lambda: secrets.randbits(64))
    receipt: str = field(default_factory=new_receipt)
    form: str = ""
    spent: bool = False

    def text(self) -> str:
        """Return it as a text to seal."""
        return json.dumps(asdict(self), ensure_ascii=False)


def read_kept(text: str) -> Kept:
    """Return what was sealed."""
    return Kept(**json.loads(text))


def place_of(token: str) -> str:
    """Return where the draft of a token is: it leads neither to a link nor back to the token."""
    return _from(token, "croisee place").hex()


def cipher_of(token: str) -> Cipher:
    """Return what seals and opens the draft of a token. Without the token, nobody opens it."""
    return Cipher(_from(token, "croisee key"), "brouillon")


def new_token() -> str:
    """Return the secret of somebody who starts from an open link: 192 bits."""
    return secrets.token_urlsafe(24)


def receipt_of(written: str) -> str:
    """Return a receipt code as it was given, however it was typed; "" where it is none.

    Example:
        >>> receipt_of(" 7k2m q9rx of4t vb8c ")
        '7K2M-Q9RX-0F4T-VB8C'
    """
    signs = [one for one in written.upper().translate(_READ_AS) if one.isalnum()]
    if len(signs) != _GROUPS * _GROUP or not set(signs) <= set(_SIGNS):
        return ""
    plain = "".join(signs)
    return "-".join(plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP))


def filling_of_kept(kept: Kept, prepared: Prepared, *, at: datetime, language: str) -> Filling:
    """Return the answers being written as a filling, their repeats as often as they were asked."""
    filling = Filling(
        prepared,
        at=at,
        chance=np.random.default_rng(kept.seed),
        values=kept.values,
        language=language,
    )
    for path, where, asked in kept.times:
        parents = filling.sheet.parents(str(path))
        tree = filling.sheet.root.getroottree()
        for parent in (one for one in parents if tree.getpath(one) == where):
            missing = int(asked) - len(filling.sheet.times(str(path), parent))
            for _ in range(missing):
                filling.sheet.add(str(path), str(where))
    filling.set_many({})
    return filling


def keep_filling(kept: Kept, filling: Filling) -> None:
    """Write a filling back in what is kept."""
    tree = filling.sheet.root.getroottree()
    kept.values = filling.values()
    kept.times = [
        [path, tree.getpath(parent), len(filling.sheet.times(path, parent))]
        for path in filling.sheet.templates
        if filling.sheet.prepared.nodes[path].count is None
        for parent in filling.sheet.parents(path)
    ]


def _from(token: str, about: str) -> bytes:
    return hmac.new(token.encode(), about.encode(), hashlib.sha256).digest()
