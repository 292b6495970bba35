"""Positions, ordered choices, budgets, technologies named in groups."""
