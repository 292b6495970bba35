"""Advice on how a question is asked: said by ``croisee check``, never refused.

``docs/methods/divulgation.md`` §1 (what a question is about) and §3.5 (« jusqu'à trois »).
"""

from __future__ import annotations

from collections.abc import Iterator

from croisee.language import phrase
from croisee.study import Nature, Question, QuestionKind, Subject
from croisee.studyfolder.problems import Said

_SEEN = {"age", "anciennete", "fonction", "genre", "organisation", "organisme", "region", "sexe"}
_DELICATE = {
    "conflit", "handicap", "harcelement", "orientation", "origine", "revenu", "salaire", "sante",
}  # fmt: skip


def advice(question: Question, *, nature_given: bool) -> Iterator[tuple[str, Said]]:
    """Yield what a team may want to change in a question: its column, what and how."""
    if question.exactly is not None and question.kind is QuestionKind.MULTIPLE:
        yield "exactement", _exactly(question.exactly)
    if nature_given or question.subject is not Subject.PERSON:
        return
    if question.kind is QuestionKind.TEXT:
        return
    said = set(question.code.split("-"))
    if said & _DELICATE:
        yield "nature", _likely(Nature.SENSITIVE)
    elif said & _SEEN:
        yield "nature", _likely(Nature.VISIBLE)


def _exactly(k: int) -> Said:
    return (
        phrase("Avec « exactement {k} », la somme des réponses rend un nombre caché.", k=k),
        phrase("Demandez plutôt « jusqu’à {k} » : mettez {k} dans la colonne max.", k=k),
    )


def _likely(nature: Nature) -> Said:
    if nature is Nature.SENSITIVE:
        return (
            phrase("Cette question semble délicate, et sa nature n’est pas dite."),
            phrase("Écrivez sensible dans la colonne nature, ou ordinaire si elle ne l’est pas."),
        )
    return (
        phrase("Des collègues voient sans doute cela d’une personne ; la nature n’est pas dite."),
        phrase("Écrivez visible dans la colonne nature, ou ordinaire si ce n’est pas le cas."),
    )
