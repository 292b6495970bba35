"""Fields that several forms of a study have."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from croisee.studyfolder.words import propose_code, read_code
from croisee.text import parse_date, parse_number

LINE = 300
TEXT = 10_000


class DayField(forms.DateField):
    """A day; written as the browser gives it, or as people write it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Écrivez une date, par exemple 2026-11-30.")}  # noqa: RUF012 -- Django's own way

    def to_python(self, value: object) -> date | None:
        """Return the day, or nothing."""
        if value in self.empty_values or isinstance(value, date):
            return value or None  # type: ignore[return-value]
        read = parse_date(str(value))
        if read is None or read.day is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return read.day


class DateTextField(forms.CharField):
    """A date as far as it is known: 2020, 2020-03 or 2020-03-13."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"max_length": 40, **kwargs})  # type: ignore[arg-type]

    def to_python(self, value: object) -> str:
        """Return the date as a study folder writes it."""
        text = super().to_python(value)
        if not text:
            return ""
        read = parse_date(text)
        if read is None:
            raise ValidationError(_("Écrivez une date : 2020, 2020-03 ou 2020-03-13."))
        return read.text


class CodeField(forms.CharField):
    """A code of a study folder: small letters, digits and dashes."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"max_length": 80, **kwargs})  # type: ignore[arg-type]

    def to_python(self, value: object) -> str:
        """Return the code in its one form."""
        text = super().to_python(value)
        if not text:
            return ""
        code = read_code(text)
        if code is None:
            raise ValidationError(
                _(
                    "Un code s’écrit en lettres sans accent, en chiffres et en traits d’union : "
                    "« %(code)s »."
                ),
                params={"code": propose_code(text) or "exemple"},
            )
        return code


class NumberTextField(forms.CharField):
    """A number as people write it, kept as the text of a decimal of four places at most."""

    def to_python(self, value: object) -> str:
        """Return the decimal's text."""
        text = super().to_python(value)
        if not text:
            return ""
        number = parse_number(text)
        if number is None or not abs(number) < Decimal(10) ** 14:
            raise ValidationError(_("Écrivez un nombre, par exemple 12,5."))
        return format(number.quantize(Decimal("0.0001")), "f")


def line(
    label: object, *, required: bool = False, most: int = LINE, **more: object
) -> forms.CharField:
    """Return a field of one line."""
    return forms.CharField(label=label, required=required, max_length=most, **more)  # type: ignore[arg-type]


def paragraph(
    label: object, *, required: bool = False, rows: int = 3, **more: object
) -> forms.CharField:
    """Return a field of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=TEXT, widget=widget, **more)  # type: ignore[arg-type]
