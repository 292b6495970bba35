"""Questionnaires: an XLSForm workbook compiled, filled question by question, and given back."""
