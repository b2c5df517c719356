"""Stored responses as lines of JSON, the form in which DuckDB reads them fastest."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

from engage.questionnaires.columns import COUNT_PART, MISSING_PART, cells_of, tables_of
from engage.questionnaires.document import Document
from engage.questionnaires.entry import Entry
from engage.questionnaires.question_types.base import MISSING, Column
from engage.results.table.cells import SlowCells
from engage.results.table.layout import Layout, Version

_BUFFER = 1 << 20


class StoredRow(NamedTuple):
    """One response as it comes from the database."""

    id: bytes
    version_id: int
    language: str
    channel: str
    day: date
    document: str


#: The same as the driver gives it: the day may be a text.
RawRow = tuple[bytes, int, str, str, date | str, str]


@dataclass
class _Reader:
    """What one version's responses need besides their stored form."""

    number: int
    document: Document
    slow: SlowCells | None
    #: Repeat → its columns in this version's order, as names of the layout's columns.
    children: dict[str, list[str]]
    #: Repeat → what its entries have in columns that only other versions have.
    beside: dict[str, dict[str, str | int]]

    @property
    def is_plain(self) -> bool:
        """Say whether the stored form is all that is needed."""
        return self.slow is None and not self.children


@dataclass
class LineWriter:
    """Writes a file of lines for each table of a layout; use it as a context manager."""

    layout: Layout
    folder: Path
    slow: tuple[Column, ...]
    files: dict[str, IO[str]] = field(default_factory=dict)
    #: Characters of the longest document, and how many there are.
    longest: int = 0
    written: int = 0

    def __post_init__(self) -> None:
        self._readers = {version.id: self._reader(version) for version in self.layout.versions}
        self._heads: dict[tuple[int, str, str, date | str], str] = {}

    def _reader(self, version: Version) -> _Reader:
        slow = SlowCells(version.document, self.slow) if self.slow else None
        children = _children(version.document, self.layout)
        beside = {key: _beside(version.document, self.layout, key) for key in children}
        return _Reader(version.number, version.document, slow, children, beside)

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        for number, key in enumerate(self.layout.tables):
            path = self.folder / f"{number}.ndjson"
            self.files[key] = path.open("w", encoding="utf-8", buffering=_BUFFER)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self.files.values():
            file.close()

    def path(self, key: str) -> Path:
        """Return the file of one table."""
        return Path(self.files[key].name)

    def write(self, rows: Iterable[RawRow]) -> int:
        """Write responses; a line is five small fields and the stored document as it is."""
        self.files[""].writelines(self._lines(rows))
        return self.written

    def _lines(self, rows: Iterable[RawRow]) -> Iterator[str]:
        """Yield a line a row. Everything that happens once a row is here, for it happens often."""
        heads, readers, longest, written = self._heads, self._readers, 0, 0
        for id_, version_id, language, channel, day, document in rows:
            key = (version_id, language, channel, day)
            head = heads.get(key) or self._head(key)
            if "\n" in document:
                # Between tokens only: inside of texts JSON writes line breaks in another way.
                document = document.replace("\n", " ")
            if len(document) > longest:
                longest = len(document)
            written += 1
            reader = readers[version_id]
            if reader.is_plain:
                yield f'{{"i":"{id_.hex()}",{head},"r":{document}}}\n'
            else:
                yield self._line_with_cells(reader, id_, head, document)
        self.longest, self.written = max(longest, self.longest), self.written + written

    def _line_with_cells(self, reader: _Reader, id_: bytes, head: str, document: str) -> str:
        stored = json.loads(document)
        self._write_children(reader, id_, stored)
        if reader.slow is None:
            return f'{{"i":"{id_.hex()}",{head},"r":{document}}}\n'
        cells = json.dumps(reader.slow.of(stored), ensure_ascii=False)
        return f'{{"i":"{id_.hex()}",{head},"r":{document},"x":{cells}}}\n'

    def _head(self, key: tuple[int, str, str, date | str]) -> str:
        version_id, language, channel, day = key
        number = self._readers[version_id].number
        head = {"v": number, "l": language, "c": channel, "d": str(day)[:10]}
        self._heads[key] = json.dumps(head)[1:-1]
        return self._heads[key]

    def _write_children(self, reader: _Reader, id_: bytes, stored: Mapping[str, Any]) -> None:
        answers = stored.get("answers", {})
        if not any(answers.get(key) for key in reader.children):
            return
        rows = cells_of(reader.document, Entry.from_json(stored))
        for key, names in reader.children.items():
            for line in _child_lines(id_, names, rows[key], reader.beside[key]):
                self.files[key].write(line)


def _child_lines(
    id_: bytes, names: list[str], rows: list[list[Any]], beside: dict[str, str | int]
) -> Iterator[str]:
    for row in rows:
        cells = {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}
        yield json.dumps({"response": id_.hex(), **beside, **cells}, ensure_ascii=False) + "\n"


def _beside(document: Document, layout: Layout, key: str) -> dict[str, str | int]:
    """Return column → cell where this version did not ask: the reason, and no entries inside."""
    own = {(column.question, column.part) for column in tables_of(document)[key]}
    told: dict[str, str | int] = {MISSING_PART: MISSING[0], COUNT_PART: 0}
    return {
        column.name: told[column.part]
        for column in layout.tables[key]
        if column.part in told and (column.question, column.part) not in own
    }


def _children(document: Document, layout: Layout) -> dict[str, list[str]]:
    """Return for each repeat of a version what the layout calls its columns."""
    found = {}
    for key, columns in tables_of(document).items():
        if key:
            named = {(c.question, c.part): c.name for c in layout.tables[key]}
            found[key] = [named[column.question, column.part] for column in columns]
    return found
