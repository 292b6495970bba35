"""Rendre: the finished reports that a network, a funder or the public may read."""
