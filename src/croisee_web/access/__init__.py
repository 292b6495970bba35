"""Accounts, roles as sets of verbs, assignments per study and per network."""
