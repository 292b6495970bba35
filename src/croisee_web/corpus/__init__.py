"""Comprendre: verbatims turn by turn, the names to mask, what people reviewed."""
