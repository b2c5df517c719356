"""The rounds of a questionnaire side by side: disclosed shares by stable key, and what changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from engage.i18n.gettext import s_
from engage.i18n.text import Shown as ShownText
from engage.questionnaires.document import Document
from engage.results.charts.trend import Step, trend_chart
from engage.results.page import Block, Wanted, results_page
from engage.results.summaries.base import Told
from engage.results.table.store import ResponseTable
from engage.results.trends import Measured, Point, Wording, trend, wording_of
from engage.results.wording import percent_words


@dataclass(frozen=True)
class RoundBlocks:
    """One round: what it is called, what was asked, and what its results tell, by question."""

    name: str
    document: Document
    blocks: dict[str, Block]

    def asked(self, key: str) -> bool:
        """Say whether a question was asked, even if too few answered anything."""
        return key in self.blocks or key in self.document.questions

    def told(self, key: str) -> Told:
        """Return what is told of a question; nothing where too few answered."""
        return self.blocks[key].told if key in self.blocks else Told()


@dataclass(frozen=True)
class Cell:
    """One answer in one round: whole percents with their interval; None where they are hidden."""

    percent: int | None
    low: int | None = None
    high: int | None = None

    @property
    def share(self) -> str:
        """Return the share in words, or why there is none."""
        return s_("Too few to show") if self.percent is None else percent_words(self.percent)

    @property
    def words(self) -> str:
        """Return the share with its interval, or why there is none."""
        share = self.share
        if self.low is None or self.high is None:
            return share
        return s_(
            "%(share)s (%(low)s to %(high)s)",
            share=share,
            low=percent_words(self.low),
            high=percent_words(self.high),
        )


@dataclass(frozen=True)
class Line:
    """One answer over the rounds that asked; `steps` compares each with the one before."""

    label: str
    #: None where the round did not ask, or not with this answer.
    cells: tuple[Cell | None, ...]
    points: tuple[Point, ...]

    @property
    def last_step(self) -> Point | None:
        """Return the change up to the newest round, where chance alone hardly explains it."""
        last = self.points[-1] if self.points else None
        return last if last and last.since and last.since.is_clear else None


@dataclass(frozen=True)
class OverTime:
    """One question over rounds; `reworded` names rounds in which other words were read."""

    label: ShownText
    finding: str
    chart: str
    rounds: tuple[str, ...]
    lines: tuple[Line, ...]
    bases: tuple[int | None, ...]
    reworded: tuple[str, ...]


def round_blocks(
    name: str, table: ResponseTable, engine: duckdb.DuckDBPyConnection, wanted: Wanted
) -> RoundBlocks:
    """Return all that the pages of a round tell of everybody; all of it went through `disclose`."""
    blocks: dict[str, Block] = {}
    number, pages = 1, 1
    while number <= pages:
        page = results_page(table, engine, Wanted(wanted.reader, wanted.policy, number))
        pages, number = page.pages, number + 1
        blocks |= {block.key: block for block in page.blocks}
    return RoundBlocks(name, table.layout.newest, blocks)


def over_time(rounds: Sequence[RoundBlocks], *, is_rtl: bool = False) -> list[OverTime]:
    """Return each question that tells of shares, the oldest round first, the newest's order."""
    keys = dict.fromkeys(key for one in reversed(rounds) for key in one.blocks)
    found = (_question(key, rounds, is_rtl) for key in keys)
    return [one for one in found if one is not None]


def _question(key: str, rounds: Sequence[RoundBlocks], is_rtl: bool) -> OverTime | None:
    asked = [one for one in rounds if one.asked(key)]
    shares = [_shares(one.told(key)) for one in asked]
    labels = {row: label for of_round in shares for row, (label, _cell) in of_round.items()}
    if not labels:
        return None
    lines = tuple(_line(key, row, label, asked, shares) for row, label in labels.items())
    finding, looked_at = _finding(lines, asked)
    return OverTime(
        next(one.blocks[key].label for one in reversed(asked) if key in one.blocks),
        finding,
        _chart(finding, looked_at, asked, is_rtl),
        tuple(one.name for one in asked),
        lines,
        tuple(one.told(key).base for one in asked),
        tuple(_reworded(key, asked)),
    )


def _shares(told: Told) -> dict[str, tuple[str, Cell]]:
    """Return the shares of a question by row: label and figures."""
    rows: dict[str, tuple[str, dict[str, int | None]]] = {}
    for one in told.data:
        measured = rows.setdefault(one.row, (one.label, {}))[1]
        measured[one.measure] = None if one.value is None else round(one.value)
    return {
        row: (
            label,
            Cell(known["percent"], known.get("percent_low"), known.get("percent_high")),
        )
        for row, (label, known) in rows.items()
        if "percent" in known
    }


def _line(
    key: str,
    row: str,
    label: str,
    asked: Sequence[RoundBlocks],
    shares: Sequence[dict[str, tuple[str, Cell]]],
) -> Line:
    # A question that tells nothing at all was asked, and of too few.
    cells = tuple(
        of_round[row][1] if row in of_round else None if of_round else Cell(None)
        for of_round in shares
    )
    return Line(label, cells, tuple(trend(list(_measured(key, asked, cells)))))


def _measured(
    key: str, asked: Sequence[RoundBlocks], cells: Sequence[Cell | None]
) -> Iterator[Measured]:
    """Yield what is compared, from the rounded figures that are shown: nothing finer gets here."""
    for one, cell in zip(asked, cells, strict=True):
        base = one.told(key).base
        if cell is None or cell.percent is None or not base:
            continue
        words = wording_of(one.document, key) or Wording({})
        yield Measured(one.name, round(cell.percent * base / 100), base, words)


def _reworded(key: str, asked: Sequence[RoundBlocks]) -> Iterator[str]:
    """Yield the rounds whose words are not those of the round before."""
    words = [wording_of(one.document, key) for one in asked]
    for one, before, after in zip(asked[1:], words, words[1:], strict=False):
        if before != after:
            yield one.name


def _finding(lines: Sequence[Line], asked: Sequence[RoundBlocks]) -> tuple[str, Line]:
    """Return what changed most up to the newest round, and the answer it is about."""
    changed = [(line, line.last_step) for line in lines]
    clear = [(line, last) for line, last in changed if last is not None and last.since]
    fullest = max(lines, key=lambda line: _last_percent(line))
    if len(asked) < 2:
        return s_("Only one round has asked this."), fullest
    if not clear:
        return s_("No answer changed more than chance may explain."), fullest
    line, last = max(clear, key=lambda one: abs(one[1].since.value if one[1].since else 0))
    earlier = line.points[-2]
    shown = {one.name: cell for one, cell in zip(asked, line.cells, strict=True) if cell}
    return (
        s_(
            "“%(answer)s”: %(before)s in %(earlier)s, %(now)s in %(later)s."
            " Chance alone hardly explains it.",
            answer=line.label,
            before=percent_words(shown[earlier.round].percent or 0),
            earlier=earlier.round,
            now=percent_words(shown[last.round].percent or 0),
            later=last.round,
        ),
        line,
    )


def _last_percent(line: Line) -> int:
    told = [cell.percent for cell in line.cells if cell and cell.percent is not None]
    return told[-1] if told else -1


def _chart(finding: str, line: Line, asked: Sequence[RoundBlocks], is_rtl: bool) -> str:
    steps = [
        Step(
            one.name,
            cell.percent if cell else None,
            cell.low if cell else None,
            cell.high if cell else None,
            cell.share if cell else s_("Not asked"),
        )
        for one, cell in zip(asked, line.cells, strict=True)
    ]
    return trend_chart(f"{line.label}. {finding}", line.label, steps, is_rtl=is_rtl)
