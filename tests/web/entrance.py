"""Signing somebody in where the test is not about signing in."""

import time

from croisee_web.access.http import BACKEND, BEGAN, SEEN


def let_in(client, account):
    """Open a session as the sign-in page would, now."""
    client.force_login(account, backend=BACKEND)
    session = client.session
    session[BEGAN] = session[SEEN] = time.time()
    session.save()
    return client
