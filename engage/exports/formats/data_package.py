"""Frictionless data package: CSV files with codes, and `datapackage.json` that describes them."""

import json
from typing import Any

from engage.exports.contents import Contents, Sheet
from engage.exports.formats.described import DescribedFormat
from engage.exports.packing import title_of_file
from engage.exports.schema import table_schema
from engage.i18n.gettext import s_lazy
from engage.i18n.text import with_fallback


class DataPackage(DescribedFormat):
    """A ZIP file that programs can check by itself: every type, code and key is declared."""

    name = "data_package"
    label = s_lazy("Data package")
    help = s_lazy(
        "CSV files with codes, and a description that programs can check them by (Frictionless)."
    )
    description = "datapackage.json"

    def described(self, contents: Contents) -> bytes:
        """Return the description."""
        return json.dumps(_described(contents), ensure_ascii=False, indent=1).encode()


def _described(contents: Contents) -> dict[str, Any]:
    document = contents.document
    languages = document.languages
    called = contents.called[0]
    title = with_fallback(document.title, contents.options.language, languages).text
    return {
        "profile": "tabular-data-package",
        "name": called,
        "title": title or called,
        "version": ", ".join(str(one.number) for one in contents.table.layout.versions),
        "languages": list(languages),
        "rounds": [one.slug for one in contents.rounds],
        "roundsLeftOut": [one.slug for one in contents.left_out],
        "publishNoNumberBelow": contents.k,
        "resources": [_resource(contents, sheet) for sheet in contents.sheets],
    }


def _resource(contents: Contents, sheet: Sheet) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": title_of_file(sheet).lower(),
        "path": f"{title_of_file(sheet)}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": table_schema(contents, sheet),
    }
