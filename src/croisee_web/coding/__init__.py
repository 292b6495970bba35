"""Comprendre: the codebook of the verbatims, codings, passages chosen as quotes."""
