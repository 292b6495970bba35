"""Answers as XML, one file for each: what ODK, Kobo and Ona keep, and export beside tables.

Source: ODK XForms Specification, « Primary Instance »; OpenRosa Metadata Schema 1.0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from croisee.formats.bounds import read_bytes
from croisee.formats.refused import FormatRefused
from croisee.language import Phrase, phrase
from croisee.questionnaire.exchanges.entering import Answers, Brought, enter_all
from croisee.questionnaire.exchanges.told import Trouble
from croisee.questionnaire.sheet import Prepared
from croisee.questionnaire.submission import Received, read_submission

MAX_FILES = 100_000
_HEAD = 4096
_UNNAMED = "data"
"""The identifier ``pyxform`` gives a form whose workbook says none."""
_NOT_OURS = (b"http://www.w3.org/2002/xforms", b"codeBook", b"LimeSurvey")
_SENT_BY_SERVER = frozenset({"formhub", "__version__", "meta"})


@dataclass(frozen=True, slots=True)
class _Read:
    file: str
    said: Received


def is_submission(head: bytes) -> bool:
    """Return whether a file may be a submission, by its first bytes: XML, and no form."""
    written = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    return written.startswith(b"<") and not any(mark in head for mark in _NOT_OURS)


def submissions_in(folder: Path) -> tuple[Path, ...]:
    """Return the submissions below a folder, three levels at most, in the order of their paths.

    A link is never followed. Raises :class:`FormatRefused`: more than ``MAX_FILES``.
    """
    found = sorted(_below(folder, 3))
    if len(found) > MAX_FILES:
        raise FormatRefused(
            phrase("Ce dossier a plus de {most} fichiers XML.", most=MAX_FILES),
            phrase("Exportez plutôt les réponses en CSV, ou en plusieurs dossiers."),
        )
    return tuple(found)


def _below(folder: Path, levels: int) -> Iterator[Path]:
    for one in folder.iterdir():
        if one.is_symlink() or one.name.startswith("."):
            continue
        if one.is_dir() and levels:
            yield from _below(one, levels - 1)
        elif one.suffix.lower() == ".xml" and one.is_file():
            with one.open("rb") as stream:
                if is_submission(stream.read(_HEAD)):
                    yield one


def read_submissions(paths: Sequence[Path], prepared: Prepared, *, at: datetime) -> Brought:
    """Read submissions, one in each file, as answers to a form.

    One of another form, enciphered, or that cannot be read is left out and said; so is one that
    a later one corrects, or that is there twice.

    Args:
        paths: XML files.
        prepared: the form they answer.
        at: for calculations that ask what time it is; aware.
    """
    troubles: list[Trouble] = []
    read: list[_Read] = []
    names = Counter(path.name for path in paths)
    said_of: list[tuple[str, Received]] = []
    for path in paths:
        file = path.name if names[path.name] == 1 else f"{path.parent.name}/{path.name}"
        try:
            said = read_submission(read_bytes(path))
        except FormatRefused as refused:
            troubles.append(_left(file, refused.message, refused.remedy))
            continue
        said_of.append((file, said))
    own = _identifier(prepared, [said for _, said in said_of])
    for file, said in said_of:
        why = _foreign(said, own, prepared)
        if why is None:
            read.append(_Read(file, said))
        else:
            troubles.append(_left(file, *why))
    kept, more = _latest(read)
    answers = (_answers(one, prepared) for one in kept)
    return enter_all(answers, prepared, at=at, troubles=(*troubles, *more))


def _identifier(prepared: Prepared, received: Sequence[Received]) -> str:
    """Return what answers call their form: a workbook may leave it to the server to name it."""
    own = prepared.form.identifier
    said = Counter(one.form_id for one in received if one.form_id)
    return own if own != _UNNAMED or own in said or not said else said.most_common(1)[0][0]


def _foreign(said: Received, own: str, prepared: Prepared) -> tuple[Phrase, Phrase] | None:
    if any(address.endswith("/encryptedXmlFile") for address in said.values):
        return (
            phrase("Cette réponse est chiffrée."),
            phrase("Exportez-la déchiffrée : ODK Central le fait avec la phrase de passe."),
        )
    if said.form_id and own and said.form_id != own:
        return (
            phrase("Cette réponse est à un autre questionnaire : {form}.", form=said.form_id),
            phrase("Ne mettez ensemble que les réponses d’un questionnaire."),
        )
    if not said.form_id and said.root != prepared.instance.tag:
        return (
            phrase("Ce fichier XML n’est pas une réponse à ce questionnaire."),
            phrase("Retirez-le du dossier, ou vérifiez le questionnaire."),
        )
    return None


def _latest(read: Sequence[_Read]) -> tuple[list[_Read], list[Trouble]]:
    """Return submissions less those that another corrects or repeats, and what to say."""
    corrected = {one.said.deprecated_id for one in read if one.said.deprecated_id}
    kept: dict[str, _Read] = {}
    troubles: list[Trouble] = []
    for place, one in enumerate(read):
        key = one.said.instance_id or f"#{place}"
        if key in corrected:
            troubles.append(
                _left(
                    one.file,
                    phrase("Une réponse plus récente corrige celle-ci : elle n’est pas comptée."),
                    phrase("Rien à faire."),
                )
            )
        elif key in kept:
            same = kept[key].said.values == one.said.values
            troubles.append(
                _left(
                    one.file,
                    phrase("La même réponse est dans {other}.", other=kept[key].file)
                    if same
                    else phrase("{other} dit autre chose sous le même numéro de réponse : "
                                "seul {other} est compté.", other=kept[key].file),
                    phrase("Gardez celui des deux fichiers qui est le bon."),
                )
            )  # fmt: skip
        else:
            kept[key] = one
    return list(kept.values()), troubles


def _left(file: str, what: Phrase, remedy: Phrase) -> Trouble:
    return Trouble(file, "", None, "", what, remedy, misread=True)


def _answers(one: _Read, prepared: Prepared) -> Answers:
    """Return what a submission says, its root named as the form's."""
    own = f"/{prepared.instance.tag}"
    values = {
        f"{own}/{address.strip('/').partition('/')[2]}": value
        for address, value in one.said.values.items()
        if not _of_server(address, own, prepared)
    }
    facts = {"instance_id": one.said.instance_id} if one.said.instance_id else {}
    return Answers(one.file, "", None, values, {}, facts)


def _of_server(address: str, own: str, prepared: Prepared) -> bool:
    """Return whether this is what a server adds, that the form does not ask."""
    steps = address.strip("/").split("/")
    asked = f"{own}/{'/'.join(steps[1:])}" in prepared.nodes
    return len(steps) > 1 and steps[1] in _SENT_BY_SERVER and not asked
