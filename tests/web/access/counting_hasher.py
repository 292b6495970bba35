"""A password hasher that says how often it worked: the time an answer takes, without a clock."""

from django.contrib.auth.hashers import MD5PasswordHasher

worked = []


class CountingHasher(MD5PasswordHasher):
    """Counts each computation."""

    algorithm = "counting"

    def encode(self, password, salt):
        """Compute, and note it."""
        worked.append(1)
        return super().encode(password, salt)
