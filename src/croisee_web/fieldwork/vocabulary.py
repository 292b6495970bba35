"""Words of the fieldwork slice."""

POSITIONS = ("pour", "nuance", "contre")
"""What may be held on a theme, as the study folder writes it."""
