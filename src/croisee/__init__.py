"""Croisée: participatory action research, from a study folder to a protected report."""
