"""Codes by case, in people and in passages; passages that may be quoted."""
