"""The rounds of a questionnaire side by side: disclosed shares by stable key, and what changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
from markupsafe import Markup

from engage.i18n.gettext import s_
from engage.i18n.text import Shown as ShownText
from engage.questionnaires.document import Document
from engage.results.charts.trend import Step, trend_chart
from engage.results.ladder import JOINED
from engage.results.looking import Wanted
from engage.results.page import Block, every_block
from engage.results.summaries.base import Told
from engage.results.table.store import ResponseTable
from engage.results.trends import Measured, Wording, reworded, trend, wording_of
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
    #: Not where the round did not ask with this answer.
    was_asked: bool = True

    @property
    def share(self) -> str:
        """Return the share in words, or why there is none."""
        if not self.was_asked:
            return s_("Not asked")
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


#: The answers of a question in one round: label and figures, by key.
Shares = dict[str, tuple[str, Cell]]


@dataclass(frozen=True)
class Change:
    """A change that chance alone hardly explains: by how much, between which two rounds."""

    value: float
    #: Places in the row of rounds that asked.
    earlier: int
    later: int


@dataclass(frozen=True)
class Line:
    """One answer over the rounds that asked; `change` is the one up to the newest figure."""

    label: str
    cells: tuple[Cell, ...]
    change: Change | None

    @property
    def newest(self) -> int:
        """Return the percent of the newest round that tells of it; -1 where none does."""
        told = [cell.percent for cell in self.cells if cell.percent is not None]
        return told[-1] if told else -1


@dataclass(frozen=True)
class OverTime:
    """One question over rounds; `reworded` names rounds in which other words were read."""

    key: str
    label: ShownText
    finding: str
    chart: Markup
    rounds: tuple[str, ...]
    lines: tuple[Line, ...]
    bases: tuple[int | None, ...]
    reworded: tuple[str, ...]


def round_blocks(
    name: str, table: ResponseTable, engine: duckdb.DuckDBPyConnection, wanted: Wanted
) -> RoundBlocks:
    """Return all that the pages of a round tell of everybody; all of it went through `disclose`."""
    blocks = {block.key: block for block in every_block(table, engine, wanted)}
    return RoundBlocks(name, table.layout.newest, blocks)


def over_time(rounds: Sequence[RoundBlocks], *, is_rtl: bool = False) -> list[OverTime]:
    """Return each question that tells of shares, the oldest round first, the newest's order."""
    keys = dict.fromkeys(key for one in reversed(rounds) for key in one.blocks)
    found = (_question(key, rounds, is_rtl) for key in keys)
    return [one for one in found if one is not None]


def _question(key: str, rounds: Sequence[RoundBlocks], is_rtl: bool) -> OverTime | None:
    asked = [one for one in rounds if one.asked(key)]
    shares = _on_one_rung([_shares(one.told(key)) for one in asked])
    labels = {row: label for of_round in shares for row, (label, _cell) in of_round.items()}
    if not labels:
        return None
    lines = tuple(_line(key, row, label, asked, shares) for row, label in labels.items())
    finding, looked_at = _finding(lines, asked)
    return OverTime(
        key,
        next(one.blocks[key].label for one in reversed(asked) if key in one.blocks),
        finding,
        _chart(finding, looked_at, asked, is_rtl),
        tuple(one.name for one in asked),
        lines,
        tuple(one.told(key).base for one in asked),
        tuple(_reworded(key, asked)),
    )


def _shares(told: Told) -> Shares:
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


def _on_one_rung(shares: Sequence[Shares]) -> list[Shares]:
    """Join answers in every round that any round tells together."""
    told = {tuple(row.split(JOINED)) for of_round in shares for row in of_round}
    parts = {one: max(told, key=lambda row: (one in row, len(row))) for row in told for one in row}
    return [_joined(of_round, parts, shares) for of_round in shares]


def _joined(
    of_round: Shares, parts: Mapping[str, tuple[str, ...]], shares: Sequence[Shares]
) -> Shares:
    found: Shares = {}
    for row, (label, cell) in of_round.items():
        whole = JOINED.join(parts[row.split(JOINED)[0]])
        if whole in found:
            before = found[whole][1].percent
            known = before is not None and cell.percent is not None
            percent = min(100, (before or 0) + (cell.percent or 0)) if known else None
            found[whole] = found[whole][0], Cell(percent)
        elif whole == row:
            found[row] = label, cell
        else:
            label = next(one[whole][0] for one in shares if whole in one)
            found[whole] = label, Cell(cell.percent)
    return found


def _line(
    key: str,
    row: str,
    label: str,
    asked: Sequence[RoundBlocks],
    shares: Sequence[Shares],
) -> Line:
    # A question that tells nothing at all was asked, and of too few.
    cells = tuple(
        of_round[row][1] if row in of_round else Cell(None, was_asked=not of_round)
        for of_round in shares
    )
    return Line(label, cells, _change(key, asked, cells))


def _change(key: str, asked: Sequence[RoundBlocks], cells: Sequence[Cell]) -> Change | None:
    """Return the last change, from the rounded figures that are shown: nothing finer gets here."""
    places, measured = [], []
    for place, (one, cell) in enumerate(zip(asked, cells, strict=True)):
        base = one.told(key).base
        if cell.percent is not None and base:
            places.append(place)
            words = wording_of(one.document, key) or Wording({})
            measured.append(Measured(one.name, round(cell.percent * base / 100), base, words))
    points = trend(measured)
    step = points[-1].since if points else None
    return Change(step.value, places[-2], places[-1]) if step and step.is_clear else None


def _reworded(key: str, asked: Sequence[RoundBlocks]) -> Iterator[str]:
    """Yield the rounds in which other words were read than in the round before."""
    words = [wording_of(one.document, key) for one in asked]
    for one, before, after in zip(asked[1:], words, words[1:], strict=False):
        if before and after and reworded(before, after):
            yield one.name


def _finding(lines: Sequence[Line], asked: Sequence[RoundBlocks]) -> tuple[str, Line]:
    """Return what changed most up to the newest round, and the answer it is about."""
    fullest = max(lines, key=lambda line: line.newest)
    if len(asked) < 2:
        return s_("Only one round has asked this."), fullest
    changed = [(abs(line.change.value), line, line.change) for line in lines if line.change]
    if not changed:
        return s_("No answer changed more than chance may explain."), fullest
    _size, line, change = max(changed, key=lambda one: one[0])
    return (
        s_(
            "“%(answer)s”: %(before)s in %(earlier)s, %(now)s in %(later)s."
            " Chance alone hardly explains it.",
            answer=line.label,
            before=line.cells[change.earlier].share,
            earlier=asked[change.earlier].name,
            now=line.cells[change.later].share,
            later=asked[change.later].name,
        ),
        line,
    )


def _chart(finding: str, line: Line, asked: Sequence[RoundBlocks], is_rtl: bool) -> Markup:
    steps = [
        Step(one.name, cell.percent, cell.low, cell.high, cell.share)
        for one, cell in zip(asked, line.cells, strict=True)
    ]
    return trend_chart(f"{line.label}. {finding}", line.label, steps, is_rtl=is_rtl)
