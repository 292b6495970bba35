"""From a Release to HTML, PDF, DOCX, leaflets and figures."""
