"""What is looked up once for all the forms that are read at the same moment.

They were all sent before any was answered: what one sees of the base, the others may see. A moment
lasts as long as it takes to read a group, and is forgotten before it is written.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
_HERE = threading.local()


@contextmanager
def one_moment() -> Iterator[None]:
    """Remember, in this thread, what :func:`once` finds until the end of the block."""
    _HERE.found = {}
    try:
        yield
    finally:
        del _HERE.found


def once(key: Hashable, find: Callable[[], T]) -> T:
    """Return what ``find`` returns; inside :func:`one_moment`, it is called once a key."""
    found: dict[Hashable, Any] | None = getattr(_HERE, "found", None)
    if found is None:
        return find()
    if key not in found:
        found[key] = find()
    value: T = found[key]
    return value
