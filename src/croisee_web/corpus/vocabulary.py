"""Words of the corpus slice."""

DECISIONS = ("accepter", "refuser", "changer")
"""What may be decided of a candidate, as the study folder writes it."""
