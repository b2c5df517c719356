"""Stata files of version 118, which Stata 14 and later read: rows of a fixed length, in UTF-8.

https://www.stata.com/help.cgi?dta describes the layout. Why there is no answer is one of Stata's
own missing values .a to .d. Big end first, as the engine gives the bytes of numbers.
"""

import struct
from collections.abc import Iterator
from itertools import chain

import duckdb

from engage.exports.contents import Contents
from engage.exports.statistics.variables import (
    REASONS,
    Variable,
    Variables,
    fitting,
    joined,
    reason_words,
    shortened,
)
from engage.results.table.engine import literal, select

_LONG, _DOUBLE = 65_528, 65_526
#: Of whole numbers and of others: the value that says nothing; .a to .d follow on it.
_NO_LONG = 2_147_483_621
_NO_DOUBLE, _STEP = 0x7FE0000000000000, 0x10000000000
_LONGEST = 2_045
_LONGEST_NAME, _LONGEST_LABEL = 32, 80
_AT_A_TIME = 2000
_FIRST_DAY = "DATE '1960-01-01'"
_KEPT = {"byte", "double", "float", "if", "in", "int", "long", "using", "with", "strl"}


def names_of(variables: Variables) -> list[str]:
    """Return the names, at most 32 characters each and no two alike in any case."""
    taken: set[str] = set()
    found = []
    for variable in variables.all:
        wanted = f"{variable.name}_" if variable.name.lower() in _KEPT else variable.name
        made, number = wanted[:_LONGEST_NAME], 2
        while made.lower() in taken:
            made = f"{variable.name[: _LONGEST_NAME - len(str(number)) - 1]}_{number}"
            number += 1
        taken.add(made.lower())
        found.append(made)
    return found


def before(variables: Variables, rows: int, title: str) -> bytes:
    """Return everything that stands before the rows."""
    label = shortened(title, _LONGEST_LABEL).encode()
    head = (
        b"<stata_dta><header><release>118</release><byteorder>MSF</byteorder><K>"
        + struct.pack(">H", len(variables.all))
        + b"</K><N>"
        + struct.pack(">Q", rows)
        + b"</N><label>"
        + struct.pack(">H", len(label))
        + label
        + b"</label><timestamp>\0</timestamp></header>"
    )
    parts = _descriptions(variables)
    places, at = [0, len(head)], len(head) + len(_tagged("map", bytes(14 * 8)))
    for part in parts:
        places.append(at)
        at += len(part)
    after = at + len(_tagged("data", b"")) + rows * sum(map(_size, variables.all))
    end = after + len(_tagged("strls", b"")) + len(_labels(variables))
    places += [at, after, after + len(_tagged("strls", b"")), end, end + len(b"</stata_dta>")]
    return head + _tagged("map", struct.pack(">14Q", *places)) + b"".join(parts) + b"<data>"


def behind(variables: Variables) -> bytes:
    """Return everything that stands behind the rows."""
    return b"</data><strls></strls>" + _labels(variables) + b"</stata_dta>"


def _tagged(tag: str, content: bytes) -> bytes:
    return f"<{tag}>".encode() + content + f"</{tag}>".encode()


def _descriptions(variables: Variables) -> list[bytes]:
    everything = variables.all
    labelled = [f"l{at}" if _words(v) else "" for at, v in enumerate(everything)]
    told = {
        "variable_types": b"".join(struct.pack(">H", _type(one)) for one in everything),
        "varnames": _fixed(names_of(variables), 129),
        "sortlist": bytes(2 * (len(everything) + 1)),
        "formats": _fixed([_format(one) for one in everything], 57),
        "value_label_names": _fixed(labelled, 129),
        "variable_labels": _fixed([_short(one.label) for one in everything], 321),
        "characteristics": b"",
    }
    return [_tagged(tag, content) for tag, content in told.items()]


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"


def _fixed(texts: list[str], size: int) -> bytes:
    return b"".join(fitting(text.encode(), size - 1).ljust(size, b"\0") for text in texts)


def _type(variable: Variable) -> int:
    if variable.kind == "text":
        return _size(variable)
    return _DOUBLE if variable.kind == "number" else _LONG


def _size(variable: Variable) -> int:
    if variable.kind == "text":
        return min(variable.width, _LONGEST)
    return 8 if variable.kind == "number" else 4


def _format(variable: Variable) -> str:
    if variable.kind == "text":
        return f"%-{min(_size(variable), 80)}s"
    return {"date": "%td", "number": "%12.0g", "code": "%8.0g"}[variable.kind]


def _words(variable: Variable) -> list[tuple[int, str]]:
    """Return number → words, of the reasons for no answer too."""
    reasons = enumerate(reason_words(), start=_NO_LONG + 1) if variable.reason else ()
    return [*variable.labels, *reasons]


def _labels(variables: Variables) -> bytes:
    made = []
    for at, variable in enumerate(variables.all):
        words = sorted(_words(variable))
        if not words:
            continue
        texts = [text.encode() + b"\0" for _number, text in words]
        places = [sum(map(len, texts[:n])) for n in range(len(texts))]
        count, size = len(words), sum(map(len, texts))
        table = struct.pack(f">ii{count}i", count, size, *places)
        table += struct.pack(f">{count}i", *(number for number, _text in words)) + b"".join(texts)
        named = f"l{at}".encode().ljust(129, b"\0") + bytes(3)
        made.append(_tagged("lbl", struct.pack(">i", len(table)) + named + table))
    return _tagged("value_labels", b"".join(made))


def rows(
    contents: Contents, variables: Variables, engine: duckdb.DuckDBPyConnection
) -> Iterator[tuple[int, bytes]]:
    """Yield how many rows, and their bytes."""
    typed = [(at, one) for at, one in enumerate(variables.all) if one.is_typed]
    cells = [one.value if one.is_typed else _cell(one) for one in variables.all]
    wanted = ", ".join(cells) if typed else joined(cells)
    cursor = engine.execute(select(wanted, variables.source))
    while batch := cursor.fetchmany(_AT_A_TIME):
        made = [list(row) for row in batch] if typed else batch
        for row in made if typed else ():
            for at, variable in typed:
                text = contents.told(str(row[at] or "")).replace("\0", "")
                size = _size(variable)
                row[at] = fitting(text.encode(), size).ljust(size, b"\0")  # type: ignore[index]
        yield len(batch), b"".join(chain.from_iterable(made))


def _cell(variable: Variable) -> str:
    """Return the bytes of a cell in SQL."""
    if variable.kind == "text":
        return _text(variable)
    value, wide = variable.value, variable.kind == "number"
    if variable.kind == "date":
        value = f"date_diff('day', {_FIRST_DAY}, {value})"
    kind = "DOUBLE" if wide else "INTEGER"
    whens = " ".join(
        f"WHEN {literal(reason)} THEN {_blob(number, wide)}"
        for number, reason in enumerate(REASONS, start=1)
    )
    reason = f"CASE {variable.reason} {whens} END, " if variable.reason else ""
    return f"coalesce(CAST(CAST(CAST({value} AS {kind}) AS BIT) AS BLOB), {reason}{_blob(0, wide)})"


def _text(variable: Variable) -> str:
    size = _size(variable)
    cell = f"coalesce(CAST({variable.value} AS VARCHAR), '')"
    fits = f"CASE WHEN strlen({cell}) > {size} THEN left({cell}, {size // 4}) ELSE {cell} END"
    return f"encode({fits}) || repeat('\\x00'::BLOB, {size} - strlen({fits}))"


def _blob(number: int, wide: bool) -> str:
    """Return a missing value: 0 says nothing, 1 to 4 are .a to .d."""
    content = (
        struct.pack(">Q", _NO_DOUBLE + number * _STEP)
        if wide
        else struct.pack(">i", _NO_LONG + number)
    )
    return "'" + "".join(f"\\x{byte:02X}" for byte in content) + "'::BLOB"
