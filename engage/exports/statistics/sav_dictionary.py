"""The first part of an SPSS file: what the variables are, by the layout that PSPP describes.

https://www.gnu.org/software/pspp/pspp-dev/html_node/System-File-Format.html
"""

import math
import struct
import sys
from collections.abc import Iterator
from datetime import date

from engage.exports.statistics.variables import (
    Variable,
    Variables,
    fitting,
    reason_words,
    shortened,
)

#: Values of the reasons for no answer: of choices, and of numbers, which may well be -99.
OF_CODES, OF_NUMBERS = (-99, -98, -97, -96), tuple(-999_999_999_999 + n for n in range(4))
_SHORT_STRING, _SEGMENT, _COUNTED = 255, 255, 252
_SYSMIS, _HIGHEST = -sys.float_info.max, sys.float_info.max
_LOWEST = math.nextafter(_SYSMIS, 0.0)
_F, _A, _SDATE = 5, 1, 39
_MEASURES = {"nominal": 1, "ordinal": 2, "scale": 3}
_LONGEST_LABEL = 255
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def segments(width: int) -> list[int]:
    """Return the widths of the variables that a text is kept in: one, or several if it is long."""
    if width <= _SHORT_STRING:
        return [width]
    number = math.ceil(width / _COUNTED)
    return [_SEGMENT] * (number - 1) + [width - (number - 1) * _COUNTED]


def eights(width: int) -> int:
    """Return how many times 8 bytes a text takes in a row."""
    return sum(math.ceil(segment / 8) for segment in segments(width))


def missing_values(variable: Variable) -> tuple[int, ...]:
    """Return the values that stand for the reasons for no answer, in their order."""
    if not variable.reason:
        return ()
    return OF_CODES if variable.kind == "code" else OF_NUMBERS


def dictionary(variables: Variables, rows: int, title: str, day: date) -> bytes:
    """Return everything before the rows."""
    places = _places(variables)
    size = sum(eights(v.width) if v.kind == "text" else 1 for v in variables.all)
    made = [_header(size, rows, title, day)]
    for variable in variables.all:
        made += _records(variable, places[variable.name][0])
    made += _value_labels(variables, places)
    made += _extensions(variables, places)
    made.append(struct.pack("<ii", 999, 0))
    return b"".join(made)


def _places(variables: Variables) -> dict[str, tuple[int, int]]:
    """Return name → its number among variables and among pieces of 8 bytes, both from 1."""
    found, number, piece = {}, 1, 1
    for variable in variables.all:
        found[variable.name] = (number, piece)
        number += len(segments(variable.width))
        piece += eights(variable.width) if variable.kind == "text" else 1
    return found


def _short(number: int) -> str:
    return f"V{number:06d}"


def _padded(text: str, size: int) -> bytes:
    return fitting(text.encode(), size).ljust(size)


def _header(size: int, rows: int, title: str, day: date) -> bytes:
    made = f"{day.day:02d} {_MONTHS[day.month - 1]} {day:%y}"
    return b"".join(
        [
            b"$FL2",
            _padded("@(#) SPSS DATA FILE Engage", 60),
            struct.pack("<iiiiid", 2, size, 1, 0, rows, 100.0),
            _padded(made, 9),
            b"00:00:00",
            _padded(title, 64),
            bytes(3),
        ]
    )


def _records(variable: Variable, number: int) -> Iterator[bytes]:
    if variable.kind != "text":
        yield _record(variable, 0, _short(number), variable.label)
        return
    for at, width in enumerate(segments(variable.width)):
        label = variable.label if at == 0 else ""
        yield _record(variable, width, _short(number + at), label)
        rest = struct.pack("<iiiiii8s", 2, -1, 0, 0, 0, 0, b" " * 8)
        yield rest * (math.ceil(width / 8) - 1)


def _record(variable: Variable, width: int, short: str, label: str) -> bytes:
    shape = _format(variable, width)
    missing = missing_values(variable)
    made = struct.pack(
        "<iiiiii8s", 2, width, bool(label), -2 if missing else 0, shape, shape, _padded(short, 8)
    )
    if label:
        text = shortened(label, _LONGEST_LABEL).encode()
        made += struct.pack("<i", len(text)) + text.ljust(math.ceil(len(text) / 4) * 4)
    if missing:
        made += struct.pack("<dd", min(missing), max(missing))
    return made


def _format(variable: Variable, width: int) -> int:
    if variable.kind == "text":
        return _A << 16 | min(width, _SHORT_STRING) << 8
    if variable.kind == "date":
        return _SDATE << 16 | 10 << 8
    whole = variable.kind == "code" or variable.whole
    return _F << 16 | (8 if variable.kind == "code" else 16) << 8 | (0 if whole else 2)


def _value_labels(variables: Variables, places: dict[str, tuple[int, int]]) -> Iterator[bytes]:
    """Labels are said once for all variables that share them."""
    sharing: dict[tuple[tuple[int, str], ...], list[int]] = {}
    for variable in variables.all:
        reasons = tuple(zip(missing_values(variable), reason_words(), strict=False))
        labels = (*variable.labels, *reasons)
        if labels:
            sharing.setdefault(labels, []).append(places[variable.name][1])
    for labels, numbers in sharing.items():
        yield struct.pack("<ii", 3, len(labels))
        for value, words in labels:
            text = shortened(words).encode()
            size = math.ceil((len(text) + 1) / 8) * 8 - 1
            yield struct.pack("<dB", value, len(text)) + text.ljust(size)
        yield struct.pack(f"<ii{len(numbers)}i", 4, len(numbers), *numbers)


def _extensions(variables: Variables, places: dict[str, tuple[int, int]]) -> Iterator[bytes]:
    yield _extension(3, 4, struct.pack("<8i", 20, 0, 0, -1, 1, 1, 2, 65001))
    yield _extension(4, 8, struct.pack("<ddd", _SYSMIS, _HIGHEST, _LOWEST))
    sets = "".join(_set(one.name, one.label, one.variables, places) for one in variables.sets)
    if sets:
        yield _extension(7, 1, sets.encode())
    yield _extension(11, 4, b"".join(map(_display, variables.all)))
    shorts = {v.name: _short(places[v.name][0]) for v in variables.all}
    names = "\t".join(f"{short}={name}" for name, short in shorts.items())
    yield _extension(13, 1, names.encode())
    wide = [v for v in variables.all if v.width > _SHORT_STRING]
    if wide:
        widths = "".join(f"{shorts[v.name]}={v.width:05d}\0\t" for v in wide)
        yield _extension(14, 1, widths.encode())
    yield _extension(20, 1, b"UTF-8")


def _extension(kind: int, size: int, content: bytes) -> bytes:
    return struct.pack("<iiii", 7, kind, size, len(content) // size) + content


def _set(key: str, label: str, members: tuple[str, ...], places: dict[str, tuple[int, int]]) -> str:
    words = shortened(label.replace("\n", " "))
    shorts = " ".join(_short(places[member][0]).lower() for member in members)
    return f"${key[:63].replace('-', '_')}=D1 1 {len(words.encode())} {words} {shorts}\n"


def _display(variable: Variable) -> bytes:
    """Measure, width on the screen, and alignment of a variable and all its segments."""
    is_text = variable.kind == "text"
    shown = min(variable.width, 24) if is_text else 10
    one = struct.pack("<iii", _MEASURES[variable.measure], shown, 0 if is_text else 1)
    return one * len(segments(variable.width))
