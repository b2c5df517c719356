"""What the columns of a table are, as a Table Schema: names, types, codes, words in all languages.

https://specs.frictionlessdata.io/table-schema/ names the fields; `labels` are ours.
"""

from typing import Any

from engage.exports.contents import Contents, Sheet
from engage.exports.neutral import without_formula
from engage.questionnaires.column import Code, Column
from engage.questionnaires.columns import MISSING_PART
from engage.results.table.layout import RESPONSE

_TYPES = {
    "choice": "string",
    "flag": "integer",
    "integer": "integer",
    "number": "number",
    "text": "string",
    "date": "date",
    "time": "string",
    "datetime": "string",
}


def table_schema(contents: Contents, sheet: Sheet, *, plain: bool = False) -> dict[str, Any]:
    """Return the schema of a sheet; `plain` where no spreadsheet takes texts for formulas."""
    fields = [_field(contents, column, plain=plain) for column in sheet.columns]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if sheet.key == "":
        schema["primaryKey"] = [RESPONSE]
    elif sheet.columns[0].name == RESPONSE:
        there = {"resource": "answers", "fields": [RESPONSE]}
        schema["foreignKeys"] = [{"fields": [RESPONSE], "reference": there}]
    return schema


def _field(contents: Contents, column: Column, *, plain: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "title": contents.heading(column),
    }
    if description := contents.description(column):
        made["description"] = description
    if column.question and column.label:
        made |= {"question": column.question, "labels": dict(column.label)}
    if column.part and column.part != MISSING_PART:
        made["part"] = column.part
    if column.codes:
        values = [code.value if plain else without_formula(code.value) for code in column.codes]
        made["constraints"] = {"enum": values}
        made["categories"] = [
            _category(contents, value, code)
            for value, code in zip(values, column.codes, strict=True)
        ]
        made["categoriesOrdered"] = column.ordered
    elif column.kind == "flag":
        made["constraints"] = {"enum": [0, 1]}
    return made


def _category(contents: Contents, value: str, code: Code) -> dict[str, Any]:
    return {"value": value, "label": contents.words(code), "labels": dict(code.label)}
