"""JSON Lines: every answer as it is stored, one a line, to load again or for programs."""

import json
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import IO, Any

import duckdb

from engage.exports.contents import TEXTS, Cells, Contents, Sheet
from engage.exports.delimited import write_codebook
from engage.exports.formats.base import Format, Progress
from engage.extensions import db, reading_only
from engage.i18n.gettext import s_lazy
from engage.questionnaires.document import Document
from engage.questionnaires.entry import Entry
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.results.queries import stored_rows
from engage.results.table.layout import ROUND


class JsonLines(Format):
    """`{"version", "language", "channel", "day", "answers", "missing", "words"}` a line.

    Where there are several rounds, `round` stands first. With `weight`, which loading passes over,
    where there are population figures.
    """

    name = "jsonl"
    label = s_lazy("JSON Lines")
    help = s_lazy("Every answer as it is stored, one a line.")
    extension = "jsonl"
    media_type = "application/x-ndjson"
    group = "programs"

    def extension_for(self, contents: Contents) -> str:
        """Return `zip` where typed words or the codebook have a file of their own."""
        return "zip" if _is_several(contents) else self.extension

    def write(
        self, contents: Contents, engine: duckdb.DuckDBPyConnection, file: Path, progress: Progress
    ) -> None:
        """Write the stored documents without what may not leave."""
        if not _is_several(contents):
            with file.open("wb") as out:
                _write_main(contents, engine, out, progress)
            return
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as folder:
            with folder.open(f"{contents.options.what}.jsonl", "w", force_zip64=True) as out:
                _write_main(contents, engine, out, progress)
            for texts in (sheet for sheet in contents.sheets if sheet.key == TEXTS):
                with folder.open("texts.jsonl", "w", force_zip64=True) as out:
                    _write_sheet(contents, engine, texts, out)
            if contents.options.codebook:
                write_codebook(contents, folder)


def _is_several(contents: Contents) -> bool:
    apart = any(sheet.key == TEXTS for sheet in contents.sheets)
    return apart or contents.options.codebook


def _write_main(
    contents: Contents, engine: duckdb.DuckDBPyConnection, out: IO[bytes], progress: Progress
) -> None:
    if contents.options.what == "tables":
        _write_sheet(contents, engine, contents.sheets[0], out)
    else:
        _write_answers(contents, out, progress)


def _write_sheet(
    contents: Contents, engine: duckdb.DuckDBPyConnection, sheet: Sheet, out: IO[bytes]
) -> None:
    names = [column.name for column in sheet.columns]
    for row in contents.rows(engine, sheet, Cells(contents, plain=True)):
        out.write(_line(dict(zip(names, row, strict=True))))


def _line(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _write_answers(contents: Contents, out: IO[bytes], progress: Progress) -> None:
    documents = {one.id: one for one in contents.table.layout.versions}
    weights = contents.weights
    with reading_only(), db.engine.connect() as connection:
        rows = ((one, row) for one in contents.rounds for row in stored_rows(connection, one.id))
        for number, (round_, row) in enumerate(rows, start=1):
            version = documents[row.version_id]
            entry = Entry.from_json(json.loads(row.document))
            line = {
                "version": version.number,
                "language": row.language,
                "channel": row.channel,
                "day": _day(row.day, contents.days[round_.slug]),
                **({"weight": weights.of(row.language, entry.answers)} if weights else {}),
                **_leaving(entry, version.document, contents).to_json(),
            }
            out.write(_line({ROUND: round_.slug, **line} if contents.options.all_rounds else line))
            if number % 1000 == 0:
                progress(number)


def _day(day: Any, full: frozenset[date]) -> str:
    return day.isoformat() if day in full else f"{day:%G-W%V}"


def _leaving(entry: Entry, document: Document, contents: Contents) -> Entry:
    """Return the entry, and those of its repeats, without what is held back."""
    answers = {}
    for key, value in entry.answers.items():
        if isinstance(value, list) and value and isinstance(value[0], Entry):
            answers[key] = [_leaving(one, document, contents) for one in value]
        elif (kept := _kept(key, value, document, contents)) not in (None, {}):
            answers[key] = kept
    words = {key: _words(text, contents) for key, text in entry.words.items()}
    beside = contents.options.free_text == "beside"
    return Entry(answers, dict(entry.missing), words if beside else {})


def _kept(key: str, value: Any, document: Document, contents: Contents) -> Any:
    question = document.questions.get(key)
    if question is None:
        return value
    kind, options = QUESTION_TYPES[question.type], contents.options
    held = {column.part: column.held_back for column in kind.columns(question, document)}
    if isinstance(value, Mapping):
        return {
            part: _words(one, contents) if held.get(part) == "text" else one
            for part, one in value.items()
            if _may_leave(held.get(part, "point" if part not in held else ""), options)
        }
    if "text" in held.values():
        return _words(value, contents) if options.free_text == "beside" else None
    return value


def _may_leave(held_back: str, options: Any) -> bool:
    if held_back == "text":
        return bool(options.free_text == "beside")
    return options.places or held_back != "point"


def _words(text: Any, contents: Contents) -> str:
    return contents.told(str(text))
