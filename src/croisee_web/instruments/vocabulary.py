"""Words of the instruments slice."""

THEME_KINDS = ("discussion", "position", "rang", "budget", "projet")
"""The kinds of steps of a guide, as the study folder writes them."""
