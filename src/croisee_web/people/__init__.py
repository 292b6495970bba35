"""Participants by code, consent, withdrawal; identities in the vault only."""
