"""Figures: a released table in, a drawing, its words and its data table out."""
