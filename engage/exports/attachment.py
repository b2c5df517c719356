"""The file of an export as an answer: the same for a page and for a program."""

from pathlib import Path

from flask import Response, send_file

from engage.exports.formats import FORMATS
from engage.exports.models import Export


def export_attachment(made: Export, file: Path) -> Response:
    """Return the file to be kept under its own name."""
    is_packed = made.name.endswith(".zip")
    return send_file(
        file,
        mimetype="application/zip" if is_packed else FORMATS[made.format].media_type,
        as_attachment=True,
        download_name=made.name,
        max_age=0,
    )
