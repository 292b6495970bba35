"""Participation, one-way and case tables, intervals for small populations."""
