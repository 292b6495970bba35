"""Published versions, as whoever answers and whoever receives needs them. Nothing here writes.

For the slices above; nothing here asks who is looking. What is told never changes again.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from croisee.questionnaire.codebook import Line, consents_of
from croisee.questionnaire.form import Kind
from croisee.questionnaire.sheet import Prepared, prepare
from croisee.questionnaire.xform import read_form
from croisee_web.instruments.models import PublishedVersion
from croisee_web.instruments.rules.workbooks import book_of
from croisee_web.kit.errors import NotFound


@lru_cache(maxsize=64)
def published_form(published_id: int) -> Prepared:
    """Return the form of a published version, ready to be filled.

    One SQL query the first time in a process, none after. What it gives is shared: never
    change it.

    Raises:
        NotFound: no such version.
    """
    found = PublishedVersion.objects.filter(pk=published_id).values_list("xform", flat=True).first()
    if found is None:
        raise NotFound
    return prepare(read_form(bytes(found)))


@lru_cache(maxsize=64)
def published_lines(published_id: int) -> tuple[Line, ...]:
    """Return where each question of the instrument stands in a published form.

    Cells of the codebook are left out: the instrument has them. One SQL query the first time
    in a process, none after.

    Raises:
        NotFound: no such version.
    """
    found = (
        PublishedVersion.objects.filter(pk=published_id).values_list("codebook", flat=True).first()
    )
    if found is None:
        raise NotFound
    return tuple(
        Line(path, Kind(kind), code, (), tuple((theirs, ours) for theirs, ours in options))
        for path, kind, code, options in found
    )


@lru_cache(maxsize=64)
def published_consents(published_id: int) -> Mapping[str, str]:
    """Return what each question of a published consent stands for, by its path in the form.

    Paths leave out the form's own name. One SQL query the first time in a process, none after.

    Raises:
        NotFound: no such version.
    """
    found = (
        PublishedVersion.objects.filter(pk=published_id).values_list("workbook", flat=True).first()
    )
    if found is None:
        raise NotFound
    return MappingProxyType(consents_of(book_of(found)))


def forget_published() -> None:
    """Forget the forms read before: a number given back by an undone act may be another's."""
    published_form.cache_clear()
    published_lines.cache_clear()
    published_consents.cache_clear()
