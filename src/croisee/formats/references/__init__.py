"""References of reference managers, in and out: BibTeX and CSL-JSON (``docs/formats.md``)."""

from croisee.formats.references.bibtex_reading import read_bibtex
from croisee.formats.references.bibtex_writing import bibtex_of
from croisee.formats.references.csl_reading import read_csl
from croisee.formats.references.csl_writing import csl_of
from croisee.formats.references.shapes import CitedWork, Contributor

__all__ = ["CitedWork", "Contributor", "bibtex_of", "csl_of", "read_bibtex", "read_csl"]
