"""Ed25519 signatures checked by the formulas of RFC 8032 §5.1.7 alone, in whole numbers.

Independent of the library that signs: what a stranger would write from the standard.
"""

import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def _abscissa(y, odd):
    """Return the x of the curve at y (§5.1.3), or None."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    return P - x if x % 2 != odd else x


def _point(encoded):
    number = int.from_bytes(encoded, "little")
    y, odd = number % 2**255, number >> 255
    x = _abscissa(y, odd) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


def _sum(one, other):
    """Add two points, in extended coordinates (§5.1.4)."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number, point):
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _sum(found, point)
        point, number = _sum(point, point), number >> 1
    return found


def _same(one, other):
    return not (
        (one[0] * other[2] - other[0] * one[2]) % P or (one[1] * other[2] - other[1] * one[2]) % P
    )


BASE = _point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def verifies(public, message, signature):
    """Return whether a signature of 64 bytes is that of a message under a public key."""
    key, nonce = _point(public), _point(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or number >= ORDER:
        return False
    asked = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(asked, "little") % ORDER
    return _same(_times(number, BASE), _sum(nonce, _times(challenge, key)))
