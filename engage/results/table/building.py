"""Makes a part of a round's table: lines of JSON in, one Parquet file a table out."""

import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import duckdb
import structlog

from engage.results.table.cells import Taking
from engage.results.table.engine import THREADS, connection, literal, name, select
from engage.results.table.layout import BASE_COLUMNS, RESPONSE, SQL_TYPES, Layout
from engage.results.table.lines import LineWriter, RawRow
from engage.results.table.parts import Part

log = structlog.get_logger()
#: Rows of a piece at least: enough to be read fast, few enough to be made while others are written.
_PIECE = 25_000
#: More files than this are slow to read together.
_MOST_PIECES = 20
_PARQUET = "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
#: DuckDB reads in pieces of twice the longest line; small pieces keep all its threads busy.
_LEAST_LINE = 1024 * 1024


def build_part(
    folder: Path, layout: Layout, rows: Callable[[], Iterable[RawRow]], part: Part
) -> None:
    """Write the files of a part from responses as they come, in their order.

    Where an answer is not stored in the shape of its type, types give every cell themselves.
    """
    try:
        _build(folder, Taking(layout), rows(), part)
    except duckdb.Error as error:
        log.warning("answers of an unexpected shape", part=part.name, reason=str(error)[:200])
        _build(folder, Taking(layout, trusting=False), rows(), part)


def _build(folder: Path, taking: Taking, rows: Iterable[RawRow], part: Part) -> None:
    """Write piece after piece: while some are made, the lines of the next are written.

    That keeps all cores busy, and little on the disk besides the result. Each piece is made by one
    thread, which takes a quarter less time of the processor than several threads for each.
    """
    work = Path(tempfile.mkdtemp(dir=folder, prefix="work-"))
    size = max(_PIECE, -(-part.answers // _MOST_PIECES))
    left, part.pieces, written = iter(rows), 0, size
    try:
        with connection(folder, threads=1) as engine, ThreadPoolExecutor(THREADS) as pool:
            making: deque[Future[None]] = deque()
            while written == size:
                lines = LineWriter(taking.layout, work / str(part.pieces), taking.slow)
                with lines:
                    written = lines.write(islice(left, size))
                if written or not part.pieces:
                    files = [folder / part.file(n, part.pieces) for n in range(len(lines.files))]
                    making.append(pool.submit(_make_piece, engine.cursor(), taking, lines, files))
                    part.pieces += 1
                while len(making) > THREADS:
                    making.popleft().result()
            for each in making:
                each.result()
    finally:
        shutil.rmtree(work)


def _make_piece(
    engine: duckdb.DuckDBPyConnection, taking: Taking, lines: LineWriter, files: Sequence[Path]
) -> None:
    for key, file in zip(taking.layout.tables, files, strict=True):
        _copy(engine, _lines(taking, key, lines.path(key), lines.longest), file)
    shutil.rmtree(lines.folder)


def copy_days(
    folder: Path, layout: Layout, old: Sequence[Part], part: Part, *, in_key_order: bool
) -> None:
    """Write the files of a part from those of others, with only the days it says it holds."""
    days = ", ".join(f"DATE {literal(day)}" for day in part.days)
    with connection(folder) as engine:
        for number in range(len(layout.tables)):
            files = [folder / file for each in old for file in each.files(number)]
            main = source_of([folder / file for each in old for file in each.files(0)])
            kept = f"day IN ({days})"
            if number:
                kept = f"{RESPONSE} IN ({select(RESPONSE, main, kept)})"
            order = f"ORDER BY {RESPONSE}" if in_key_order else ""
            source = select("*", source_of(files), kept, order)
            _copy(engine, source, folder / part.file(number))


def copy_without(
    folder: Path, layout: Layout, old: Sequence[Part], to: Path, part: Part, without: Sequence[str]
) -> None:
    """Write the files of a part in another folder, from those of others but for some answers."""
    keys = ", ".join(f"UUID {literal(key)}" for key in without)
    with connection(folder) as engine:
        for number in range(len(layout.tables)):
            files = [folder / file for each in old for file in each.files(number)]
            kept = f"{RESPONSE} NOT IN ({keys})"
            source = select("*", source_of(files), kept, f"ORDER BY {RESPONSE}")
            _copy(engine, source, to / part.file(number))


def source_of(files: Sequence[Path]) -> str:
    """Return Parquet files as something to select from."""
    return f"read_parquet([{', '.join(literal(str(file)) for file in files)}])"


def _copy(engine: duckdb.DuckDBPyConnection, source: str, file: Path) -> None:
    """Write a file under another name first: one with its own name is always whole."""
    fresh = file.with_suffix(".fresh")
    engine.execute(f"COPY ({source}) TO {literal(str(fresh))} {_PARQUET}")
    fresh.replace(file)


def _lines(taking: Taking, key: str, file: Path, longest: int) -> str:
    if key:
        columns = taking.layout.tables[key]
        types = {RESPONSE: "UUID", **{c.name: SQL_TYPES[c.kind] for c in columns}}
        return select("*", _read(file, types, longest))
    short = dict(zip(BASE_COLUMNS, taking.read_columns, strict=False))
    base = [f"{field} AS {name(column)}" for column, field in short.items()]
    return select(", ".join([*base, *taking.select]), _read(file, taking.read_columns, longest))


def _read(file: Path, types: dict[str, str], longest: int) -> str:
    # A character may be four bytes; cells of slow columns come on top of the document.
    most = max(_LEAST_LINE, 8 * longest)
    columns = ", ".join(f"{literal(field)}: {literal(kind)}" for field, kind in types.items())
    return (
        f"read_json({literal(str(file))}, format = 'newline_delimited',"
        f" maximum_object_size = {most}, columns = {{{columns}}})"
    )
