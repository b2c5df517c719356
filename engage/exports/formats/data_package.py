"""Frictionless data package: CSV files with codes, and `datapackage.json` that describes them."""

import json
import zipfile
from pathlib import Path
from typing import Any

import duckdb

from engage.exports.contents import Cells, Contents, Sheet
from engage.exports.delimited import write_codebook, write_table
from engage.exports.formats.base import Format, Progress
from engage.exports.packing import ANSWERS, further
from engage.exports.schema import table_schema
from engage.i18n.gettext import s_lazy
from engage.i18n.text import with_fallback
from engage.questionnaires.column import Column


class DataPackage(Format):
    """A ZIP file that programs can check by itself: every type, code and key is declared."""

    name = "data_package"
    label = s_lazy("Data package")
    help = s_lazy(
        "CSV files with codes, and a description that programs can check them by (Frictionless)."
    )
    extension = "zip"
    media_type = "application/zip"
    group = "programs"

    def write(
        self, contents: Contents, engine: duckdb.DuckDBPyConnection, file: Path, progress: Progress
    ) -> None:
        """Write a CSV file for each sheet, and say what is in them."""
        cells, done = Cells(contents), 0
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as folder:
            for sheet in contents.sheets:
                one = file.with_name(f"{file.name}.{_title(sheet)}")
                try:
                    so_far = further(progress, done)
                    write_table(contents, engine, sheet, one, so_far, cells, _heading)
                    folder.write(one, f"{_title(sheet)}.csv")
                finally:
                    one.unlink(missing_ok=True)
                done += sheet.rows
                progress(done)
            if contents.options.codebook:
                write_codebook(contents, folder)
            told = json.dumps(_described(contents), ensure_ascii=False, indent=1)
            folder.writestr(zipfile.ZipInfo("datapackage.json"), told)


def _title(sheet: Sheet) -> str:
    return sheet.key or ANSWERS


def _heading(column: Column) -> str:
    return column.name


def _described(contents: Contents) -> dict[str, Any]:
    round_, document = contents.round, contents.document
    languages = document.languages
    title = with_fallback(document.title, contents.options.language, languages).text
    return {
        "profile": "tabular-data-package",
        "name": round_.slug,
        "title": title or round_.slug,
        "version": ", ".join(str(one.number) for one in contents.table.layout.versions),
        "languages": list(languages),
        "publishNoNumberBelow": round_.k,
        "resources": [_resource(contents, sheet) for sheet in contents.sheets],
    }


def _resource(contents: Contents, sheet: Sheet) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": _title(sheet).lower(),
        "path": f"{_title(sheet)}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": table_schema(contents, sheet),
    }
