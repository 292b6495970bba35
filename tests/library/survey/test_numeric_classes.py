"""Classes of a numeric question, and the one class that neighbours make together."""

from dataclasses import replace
from decimal import Decimal

import pytest

from croisee.language import Label
from croisee.study import Option, Question, QuestionKind
from croisee.survey import in_classes, joined

DAYS = in_classes(
    Question(
        "jours",
        Label("Combien de jours ?"),
        QuestionKind.NUMBER,
        unit="jours",
        classes=(Decimal(1), Decimal(2), Decimal(3)),
    )
)
FIRST, SECOND, THIRD, LAST = (option.code for option in DAYS.options)


def test_classes_are_written_from_their_bounds():
    assert [option.label.fr for option in DAYS.options] == [
        "moins de 1", "1 à moins de 2 jours", "2 à moins de 3 jours", "3 jours et plus",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("block", "label"),
    [
        ((FIRST, SECOND), "moins de 2 jours"),
        ((SECOND, THIRD), "1 à moins de 3 jours"),
        ((THIRD, LAST), "2 jours et plus"),
        ((FIRST, SECOND, THIRD, LAST), "toutes les valeurs"),
    ],
)
def test_neighbouring_classes_are_one_class(block, label):
    found = joined(DAYS, block)

    assert found is not None
    assert found.fr == label


def test_what_is_no_single_class_is_left_to_a_list():
    named = replace(DAYS, options=tuple(Option(o.code + "-x", o.label) for o in DAYS.options))

    assert joined(DAYS, (FIRST, THIRD)) is None
    assert joined(DAYS, (FIRST,)) is None
    assert joined(named, tuple(o.code for o in named.options[:2])) is None
