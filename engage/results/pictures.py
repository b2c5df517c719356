"""The chart of a question as a file: what stands in it besides the chart, from what is told."""

from flask import Response

from engage.i18n import formats
from engage.results.charts.standalone import Picture, drawing_file, svg_file
from engage.results.over_time import OverTime as OverRounds
from engage.results.overview import OverTime
from engage.results.page import Block
from engage.results.summaries.base import Told
from engage.results.typesetting import png_of
from engage.results.wording import Reader, base_words, plain_words

#: What a chart can be kept as.
KINDS = {"svg": "image/svg+xml", "png": "image/png"}


def chart_file(block: Block, reader: Reader) -> str | None:
    """Return the chart of a question as an SVG file, None where nothing is drawn."""
    picture = _picture(block, reader)
    return svg_file(picture) if picture else None


def drawing(block: Block, reader: Reader) -> str:
    """Return the chart of a question alone, for a page with the words; "" where none is drawn."""
    picture = _picture(block, reader)
    return drawing_file(picture) if picture else ""


def trend_file(told: OverRounds, reader: Reader) -> str:
    """Return the chart of a question over rounds as an SVG file."""
    numbers = [
        f"{line.label}: {name}: {cell.words}"
        for line in told.lines
        for name, cell in zip(told.rounds, line.cells, strict=True)
    ]
    return svg_file(
        Picture(
            formats.neutralise_controls(told.label.text),
            told.finding,
            told.chart,
            base_words(next((base for base in reversed(told.bases) if base is not None), None)),
            reader.language,
            None,
            numbers,
            is_rtl=reader.is_rtl,
        )
    )


def drawing_of_days(days: OverTime, reader: Reader) -> str:
    """Return the chart of answers over time alone."""
    if not days.chart:
        return ""
    picture = Picture("", days.finding, days.chart, "", reader.language, is_rtl=reader.is_rtl)
    return drawing_file(picture)


def _picture(block: Block, reader: Reader) -> Picture | None:
    told = block.told
    if not told.chart or told.base is None:
        return None
    numbers = []
    if told.table is not None:
        heads = [
            plain_words(one[0] if isinstance(one, tuple) else one) for one in told.table.columns
        ]
        numbers = [
            ", ".join(
                f"{head}: {plain_words(cell)}" for head, cell in zip(heads, row, strict=False)
            )
            for row in told.table.rows
        ]
    return Picture(
        formats.neutralise_controls(block.label.text),
        plain_words(told.finding),
        told.chart,
        base_words(told.base),
        reader.language,
        told.legend,
        numbers,
        _named_points(told),
        reader.is_rtl,
    )


def _named_points(told: Told) -> list[str]:
    """Return what the numbers in a chart stand for: the first two columns of its table."""
    if told.table is None or "on-viz" not in told.chart:
        return []
    rows = [(plain_words(row[0]), plain_words(row[1])) for row in told.table.rows]
    return [f"{number}  {name}" for number, name in sorted(rows)]


def file_response(picture: str, name: str, kind: str) -> Response:
    """Send a chart as a file to keep; `kind` is one of KINDS."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    data = png_of(picture) if kind == "png" else picture
    return Response(data, mimetype=KINDS[kind], headers=headers)
