"""The vault: sealed with a key outside the database, unreadable once it is destroyed."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee_web.people import vault

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
IDENTITY = {"nom": "Ada Exemple", "courriel": "ada@exemple.ca"}


def test_put_then_take_gives_back_the_identity(sample):
    vault.put(study_id=sample.study.pk, participant="p-01", identity=IDENTITY, at=AT)

    assert vault.take(study_id=sample.study.pk, participant="p-01") == IDENTITY
    assert vault.take(study_id=sample.study.pk, participant="p-02") is None


def test_sealed_content_holds_no_word_of_the_identity(sample):
    vault.put(study_id=sample.study.pk, participant="p-01", identity=IDENTITY, at=AT)

    sealed = bytes(vault.SealedIdentity.objects.get().sealed)

    assert [word for word in (b"Ada", b"Exemple", b"ada@") if word in sealed] == []


def test_identity_moved_to_another_code_does_not_open(sample):
    for code in ("p-01", "p-02"):
        vault.put(study_id=sample.study.pk, participant=code, identity=IDENTITY, at=AT)
    first, second = vault.SealedIdentity.objects.order_by("participant")
    second.sealed = first.sealed
    second.save()

    with pytest.raises(vault.KeyMissing):
        vault.take(study_id=sample.study.pk, participant="p-02")


def test_identity_whose_key_is_destroyed_opens_nowhere(sample):
    vault.put(study_id=sample.study.pk, participant="p-01", identity=IDENTITY, at=AT)

    vault.destroy_key(study_id=sample.study.pk, participant="p-01")

    with pytest.raises(vault.KeyMissing):
        vault.take(study_id=sample.study.pk, participant="p-01")


def test_keys_are_readable_by_their_owner_only(sample, settings):
    vault.put(study_id=sample.study.pk, participant="p-01", identity=IDENTITY, at=AT)

    modes = {path.stat().st_mode & 0o777 for path in settings.KEYS_ROOT.rglob("*.cle")}

    assert modes == {0o600}


@given(text=st.text())
def test_cipher_gives_back_any_text(text):
    cipher = vault.Cipher(b"k" * 32, "etude/1")

    assert cipher.open(cipher.seal(text)) == text


@given(text=st.text(), place=st.integers(0, 27))
def test_cipher_refuses_a_changed_byte(text, place):
    cipher = vault.Cipher(b"k" * 32, "etude/1")
    sealed = bytearray(cipher.seal(text))
    sealed[place] ^= 1

    with pytest.raises(vault.KeyMissing):
        cipher.open(bytes(sealed))


def test_ledger_keeps_whole_lines_when_the_last_was_cut(sample):
    line = vault.LedgerLine(sample.study.pk, "p-01", date(2026, 11, 22))
    vault.write_in_ledger(line)
    with vault.ledger_path().open("a") as file:
        file.write('[1, "p-0')

    assert vault.read_ledger() == (line,)
