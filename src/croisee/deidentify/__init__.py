"""Candidates, review, masked text, and the log of replacements."""
