"""Rendre: the policy of a study, its waivers, its sealed releases."""
