"""The second part of an SPSS file: its rows, compressed byte by byte, made by the engine itself.

Rows come in pieces of 8 bytes, and before every eight pieces stands a byte for each of them: a
small number as it is (plus 100), or that the piece follows, is blank or has no value. Only typed
words pass through Python, where they are looked through; a million answers take no memory.
"""

import math
from collections.abc import Iterator
from itertools import chain

import duckdb

from engage.exports.contents import Contents
from engage.exports.statistics.sav_dictionary import eights, missing_values
from engage.exports.statistics.variables import REASONS, Variable, Variables, fitting, joined
from engage.results.table.engine import literal, name, select

_BIAS, _PAD, _FOLLOWS, _BLANK, _NOTHING = 100, 0, 253, 254, 255
_SMALLEST, _LARGEST = 1 - _BIAS, 251 - _BIAS
_AT_A_TIME = 2000
_SEGMENT = 255
#: Texts that the engine itself fills up with spaces.
_NARROW = 64
#: Day 0 of SPSS; it counts seconds.
_FIRST_DAY = "DATE '1582-10-14'"


def rows(
    contents: Contents, variables: Variables, engine: duckdb.DuckDBPyConnection
) -> Iterator[tuple[int, bytes]]:
    """Yield how many rows, and their bytes."""
    groups = _groups(variables.all)
    stored = [f"{_stored(one)} AS {name(f'v{at}')}" for at, one in enumerate(variables.all)]
    pieces = [_piece(variables.all, group) for group in groups]
    firsts = [variables.all[group[0]] for group in groups]
    typed = [(at, first) for at, first in enumerate(firsts) if _is_python(first)]
    wanted = ", ".join(pieces) if typed else joined(pieces)
    source = f"({select(', '.join(stored), variables.source)})"
    cursor = engine.execute(select(wanted, source))
    while batch := cursor.fetchmany(_AT_A_TIME):
        looked_through = (_with_words(row, typed, contents) for row in batch)
        made = looked_through if typed else batch
        yield len(batch), b"".join(chain.from_iterable(made))


def _is_python(variable: Variable) -> bool:
    return variable.kind == "text" and (variable.is_typed or variable.width > _NARROW)


def _groups(variables: tuple[Variable, ...]) -> list[list[int]]:
    """Return the numbers of variables that share a head: eight numbers, or one text."""
    groups: list[list[int]] = []
    for at, variable in enumerate(variables):
        joins = variable.kind != "text" and groups and len(groups[-1]) < 8
        if joins and variables[groups[-1][0]].kind != "text":
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _stored(variable: Variable) -> str:
    """Return the value as SPSS keeps it, with reasons for no answer as values of their own."""
    if variable.kind == "text":
        return f"coalesce(CAST({variable.value} AS VARCHAR), '')"
    value = variable.value
    if variable.kind == "date":
        value = f"date_diff('day', {_FIRST_DAY}, {value}) * 86400"
    given = missing_values(variable)
    if given:
        pairs = zip(REASONS, given, strict=True)
        whens = " ".join(f"WHEN {literal(word)} THEN {number}" for word, number in pairs)
        value = f"coalesce({value}, CASE {variable.reason} {whens} END)"
    return f"CAST({value} AS DOUBLE)"


def _piece(variables: tuple[Variable, ...], group: list[int]) -> str:
    first = variables[group[0]]
    if first.kind != "text":
        return _numbers(variables, group)
    cell = name(f"v{group[0]}")
    if _is_python(first):
        return cell
    # It takes one head for all: at most 64 bytes.
    size = eights(first.width) * 8
    fits = f"CASE WHEN strlen({cell}) > {size} THEN left({cell}, {size // 4}) ELSE {cell} END"
    head = bytes([_FOLLOWS] * (size // 8)).ljust(8, bytes([_PAD]))
    return f"{_blob(head)} || encode({fits} || repeat(' ', {size} - strlen({fits})))"


def _numbers(variables: tuple[Variable, ...], group: list[int]) -> str:
    heads, follow = [], []
    for place, at in enumerate(group):
        cell = name(f"v{at}")
        small = f"{cell} BETWEEN {_SMALLEST} AND {_LARGEST} AND {cell} = floor({cell})"
        head = (
            f"CASE WHEN {cell} IS NULL THEN {_NOTHING} WHEN {small} "
            f"THEN CAST({cell} + {_BIAS} AS UBIGINT) ELSE {_FOLLOWS} END"
        )
        heads.append(f"CAST({head} AS UBIGINT) * {256 ** (7 - place)}::UBIGINT")
        if not _is_small(variables[at]):
            follow.append(f"CASE WHEN {cell} IS NULL OR ({small}) THEN ''::BLOB ")
            follow[-1] += f"ELSE {_eight_bytes(cell)} END"
    return " || ".join([f"CAST(CAST({' + '.join(heads)} AS BIT) AS BLOB)", *follow])


def _is_small(variable: Variable) -> bool:
    """Say whether every value goes into the head."""
    numbers = [number for number, _words in variable.labels]
    return variable.kind == "code" and all(_SMALLEST <= n <= _LARGEST for n in numbers)


def _eight_bytes(cell: str) -> str:
    """Return a number as a computer of today keeps it: the engine gives the bytes backwards."""
    digits = f"hex(CAST(CAST({cell} AS BIT) AS BLOB))"
    turned = " || ".join(f"substr({digits}, {at}, 2)" for at in range(15, 0, -2))
    return f"unhex({turned})"


def _blob(content: bytes) -> str:
    return "'" + "".join(f"\\x{byte:02X}" for byte in content) + "'::BLOB"


def _with_words(
    row: tuple[object, ...], typed: list[tuple[int, Variable]], contents: Contents
) -> list[bytes]:
    """Return a row whose texts are looked through and filled up to their width."""
    made: list[bytes] = list(row)  # type: ignore[arg-type]
    for at, variable in typed:
        text = str(row[at])
        if variable.is_typed:
            text = contents.told(text)
        made[at] = _filled(text, variable.width)
    return made


def _filled(text: str, width: int) -> bytes:
    """Return a text as pieces with their heads; blank pieces take no more than their head."""
    content = fitting(text.replace("\0", "").encode(), width)
    if width > _SEGMENT:
        # Every part of a long text has 255 bytes and one that says nothing.
        parts = (content[at : at + _SEGMENT] for at in range(0, len(content), _SEGMENT))
        content = b" ".join(parts)
    content = content.ljust(math.ceil(len(content) / 8) * 8)
    full = len(content) // 8
    heads = bytes([_FOLLOWS]) * full + bytes([_BLANK]) * (eights(width) - full)
    heads = heads.ljust(math.ceil(len(heads) / 8) * 8, bytes([_PAD]))
    pairs = ((heads[at : at + 8], content[at * 8 : at * 8 + 64]) for at in range(0, len(heads), 8))
    return b"".join(chain.from_iterable(pairs))
