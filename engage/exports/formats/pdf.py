"""PDF: the results of a round as a report to print, to read aloud and to hand round."""

import json
from pathlib import Path

import duckdb

from engage.exports.contents import Contents
from engage.exports.formats.base import Format, Progress
from engage.exports.report.told import report
from engage.i18n.gettext import s_lazy
from engage.results.typesetting import typeset_pdf

_SOURCE = Path(__file__).parent.parent / "report" / "report.typ"


class Pdf(Format):
    """Cover, contents, every question with chart and numbers, and the method; tagged (PDF/UA-1)."""

    name = "pdf"
    label = s_lazy("Report (PDF)")
    help = s_lazy("Every question with its chart and its numbers, to print and to hand round.")
    extension = "pdf"
    media_type = "application/pdf"
    group = "reports"
    carries_answers = False
    carries_words = False

    def write(
        self, contents: Contents, engine: duckdb.DuckDBPyConnection, file: Path, progress: Progress
    ) -> None:
        """Write the report."""
        told = json.dumps(report(contents, engine), ensure_ascii=False)
        progress(contents.sheets[0].rows // 2)
        file.write_bytes(typeset_pdf(_SOURCE, {"told": told}))
        progress(contents.sheets[0].rows)
