"""Recueillir: sessions, who was there, and what groups said, ranked and shared out."""
