"""Readers who try to work out hidden counts from everything that was published together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

UNKNOWN = None


@dataclass(frozen=True)
class Published:
    """A table as an attacker has it, exactly: None where it is hidden. `whole` is always known."""

    cells: list[list[int | None]]
    totals: list[int | None]
    sizes: list[int | None]
    whole: int


def subtracting(published: Published) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the bounds of hidden cells after adding and subtracting until nothing moves."""
    low, high = _start(published)
    equations = list(_equations(published))
    moved = True
    while moved:
        moved = False
        for total, parts in equations:
            for target, signs in _solved(total, parts):
                least = sum(low[at] if sign > 0 else -high[at] for at, sign in signs)
                most = sum(high[at] if sign > 0 else -low[at] for at, sign in signs)
                if least > low[target] or most < high[target]:
                    low[target], high[target] = max(low[target], least), min(high[target], most)
                    moved = True
    return {
        (row, group): (low["cell", row, group], high["cell", row, group])
        for row, line in enumerate(published.cells)
        for group, value in enumerate(line)
        if value is UNKNOWN
    }


def _start(published: Published) -> tuple[dict, dict]:
    values = {("whole",): published.whole}
    for row, line in enumerate(published.cells):
        values["total", row] = published.totals[row]
        for group, value in enumerate(line):
            values["cell", row, group] = value
    for group, size in enumerate(published.sizes):
        values["size", group] = size
    low = {at: 0 if value is UNKNOWN else value for at, value in values.items()}
    high = {at: published.whole if value is UNKNOWN else value for at, value in values.items()}
    return low, high


def _equations(published: Published) -> Iterator:
    rows, groups = range(len(published.cells)), range(len(published.sizes))
    yield ("whole",), [("total", row) for row in rows]
    yield ("whole",), [("size", group) for group in groups]
    for row in rows:
        yield ("total", row), [("cell", row, group) for group in groups]
    for group in groups:
        yield ("size", group), [("cell", row, group) for row in rows]


def _solved(total, parts) -> Iterator:
    """Yield each member of `total = sum(parts)` with the others it follows from."""
    yield total, [(part, 1) for part in parts]
    for part in parts:
        yield part, [(total, 1), *((other, -1) for other in parts if other != part)]


def trying_everything(published: Published) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the exact bounds of hidden cells: every table that fits is looked at."""
    found: dict[tuple[int, int], set[int]] = {}
    for table in _tables(published):
        for row, line in enumerate(published.cells):
            for group, value in enumerate(line):
                if value is UNKNOWN:
                    found.setdefault((row, group), set()).add(table[row][group])
    return {at: (min(values), max(values)) for at, values in found.items()}


def _tables(published: Published) -> Iterator[list[tuple[int, ...]]]:
    sizes = [published.whole if size is UNKNOWN else size for size in published.sizes]
    exact = [size is not UNKNOWN for size in published.sizes]

    def rows_from(row: int, left: Sequence[int], whole: int) -> Iterator[list[tuple[int, ...]]]:
        if row == len(published.cells):
            kept = all(not must or rest == 0 for must, rest in zip(exact, left, strict=True))
            if whole == 0 and kept:
                yield []
            return
        told = published.totals[row]
        for total in range(whole + 1) if told is UNKNOWN else [told]:
            for line in _lines(published.cells[row], left, total):
                rest = [have - taken for have, taken in zip(left, line, strict=True)]
                for more in rows_from(row + 1, rest, whole - total):
                    yield [line, *more]

    return rows_from(0, sizes, published.whole)


def _lines(cells: Sequence[int | None], most: Sequence[int], total: int) -> Iterator[tuple]:
    if not cells:
        if total == 0:
            yield ()
        return
    first, *others = cells
    choices = range(min(most[0], total) + 1) if first is UNKNOWN else [first]
    for value in choices:
        if value <= min(most[0], total):
            for rest in _lines(others, most[1:], total - value):
                yield (value, *rest)
