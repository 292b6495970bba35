"""Comprendre: freezes of a study and the runs that made results of them."""
