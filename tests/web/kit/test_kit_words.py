"""The words of the screens, in both languages."""

from django.utils import translation
from django.utils.translation import gettext, ngettext


def test_word_said_alone_and_counted_is_translated_both_ways():
    with translation.override("en"):
        assert gettext("organisme") == "organisation"
        assert [ngettext("organisme", "organismes", n) for n in (1, 2)] == [
            "organisation",
            "organisations",
        ]
