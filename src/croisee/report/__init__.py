"""From a Release to HTML, PDF, DOCX, leaflets and figures."""

from croisee.report.compose_method import compose_method
from croisee.report.compose_provenance import compose_provenance
from croisee.report.compose_report import compose_report
from croisee.report.docx_report import write_docx
from croisee.report.explained import Explanation, explain_quote, explain_table
from croisee.report.figures import cell_text, figure_blocks
from croisee.report.html import render_html
from croisee.report.leaflets import write_leaflets
from croisee.report.paper import Paper, PaperPart, paper_pdf
from croisee.report.publication import write_report
from croisee.report.tree import Document
from croisee.report.typst_report import write_pdf

__all__ = [
    "Document",
    "Explanation",
    "Paper",
    "PaperPart",
    "cell_text",
    "compose_method",
    "compose_provenance",
    "compose_report",
    "explain_quote",
    "explain_table",
    "figure_blocks",
    "paper_pdf",
    "render_html",
    "write_docx",
    "write_leaflets",
    "write_pdf",
    "write_report",
]
