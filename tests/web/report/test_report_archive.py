"""A published report in one file: read anywhere, checked by anybody's minisign."""

import base64
import hashlib
import io
import zipfile

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from tests.web.exchange.conftest import AT

from croisee_web.report.usecases import publish_results

pytestmark = pytest.mark.django_db


def check(archive, signature, public):
    """Check a file as minisign's own page says to, with nothing of ours."""
    first, sig, trusted, both = signature.decode().splitlines()
    assert first.startswith("untrusted comment: ")
    key = base64.b64decode(public.decode().splitlines()[1])
    signed = base64.b64decode(sig)
    assert (key[:2], signed[:2], key[2:10]) == (b"Ed", b"ED", signed[2:10])
    verifier = Ed25519PublicKey.from_public_bytes(key[10:])
    verifier.verify(signed[10:], hashlib.blake2b(archive).digest())
    comment = trusted.removeprefix("trusted comment: ")
    verifier.verify(base64.b64decode(both), signed[10:] + comment.encode())
    return comment


@pytest.fixture
def served(results_of, settings, tmp_path, client):
    settings.KEYS_ROOT = tmp_path / "cles"
    publication = publish_results(folder=results_of(), actor="console", at=AT)

    def get(name):
        answer = client.get(f"/rapports/{publication.slug}/{name}")
        assert answer.status_code == 200
        return b"".join(answer) if answer.streaming else answer.content

    return get


def test_the_archive_holds_every_file_and_says_its_digest(served):
    with zipfile.ZipFile(io.BytesIO(served("archive.zip"))) as archive:
        sums = dict(
            reversed(line.split("  ")) for line in archive.read("SHA256SUMS").decode().splitlines()
        )
        names = set(archive.namelist()) - {"SHA256SUMS"}
        assert names == set(sums)
        assert "index.html" in names
        assert all(
            hashlib.sha256(archive.read(name)).hexdigest() == digest
            for name, digest in sums.items()
        )


def test_its_signature_is_checked_and_any_change_is_seen(served):
    archive, signature, public = map(served, ("archive.zip", "archive.zip.minisig", "minisign.pub"))
    assert check(archive, signature, public) == "croisee 2026a"
    with pytest.raises(InvalidSignature):
        check(archive[:99] + bytes([archive[99] ^ 1]) + archive[100:], signature, public)
    with pytest.raises(InvalidSignature):
        check(archive, signature.replace(b"croisee 2026a", b"croisee 2026b"), public)


def test_the_same_report_gives_the_same_archive(served, results_of, client):
    again = publish_results(folder=results_of("2026b"), actor="console", at=AT)
    other = b"".join(client.get(f"/rapports/{again.slug}/archive.zip"))
    dates = [
        {part.date_time for part in zipfile.ZipFile(io.BytesIO(content)).infolist()}
        for content in (served("archive.zip"), other)
    ]
    assert dates == [{(2000, 1, 1, 0, 0, 0)}] * 2
    assert served("minisign.pub") == client.get(f"/rapports/{again.slug}/minisign.pub").getvalue()
