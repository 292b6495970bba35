"""Rules of the study slice: plain values in, plain values out."""

from croisee_web.study.rules.addresses import propose_slug

__all__ = ["propose_slug"]
