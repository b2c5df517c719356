"""What a report tells, as plain data: cover, who answered, every question, how it was made.

All figures are those of the results pages, which went through `disclose()`; what people wrote is
not in it.
"""

import re
from typing import Any

import duckdb

from engage.communities.area_map import area_paths
from engage.communities.naming import plain_text
from engage.communities.queries import areas
from engage.exports.contents import Contents
from engage.i18n import formats
from engage.i18n.current import interface_language
from engage.i18n.gettext import gettext as _
from engage.i18n.gettext import ngettext
from engage.i18n.languages import LANGUAGES, languages_for
from engage.i18n.text import Shown as ShownText
from engage.responses.models import Round
from engage.results.disclosure import policy_for
from engage.results.looking import Wanted
from engage.results.overview import Overview
from engage.results.page import Block, every_page
from engage.results.pictures import drawing, drawing_of_days
from engage.results.queries import written_findings
from engage.results.small_areas import small_areas
from engage.results.summaries.base import TableView
from engage.results.wording import (
    OwnWords,
    Reader,
    base_words,
    own_words,
    plain_words,
    small_areas_words,
)

_LANGUAGE = re.compile(r' lang="([\w-]+)"')
_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')
#: Width of the text on a page, in centimetres.
_WIDE = 16.6
Data = dict[str, Any]


def report(contents: Contents, engine: duckdb.DuckDBPyConnection) -> Data:
    """Return everything the report says, in the language of the export."""
    round_, language = contents.round, contents.options.language
    own = interface_language()
    reader = Reader(language, tuple(contents.document.languages), own.direction == "rtl")
    policy = policy_for(round_.k, round_.profile)
    known = areas(round_.community)
    closed = small_areas(known)
    wanted = Wanted(reader, policy, areas=area_paths(known), closed_areas=closed)
    pages = list(every_page(contents.table, engine, wanted))
    overview = pages[0].overview
    written = own_words(written_findings(round_.id), language)
    return {
        "language": own.code,
        "rtl": reader.is_rtl,
        "digits": [formats.number(digit) for digit in range(10)],
        "title": _name(round_, reader),
        "community": plain_text(round_.community.name, round_.community.languages),
        "heads": _heads(),
        "facts": [*_facts(round_), overview.sentence or _("Too few answers to show.")],
        "made": _("Report made on %(day)s.", day=formats.day(contents.today)),
        "who": _who(overview, reader),
        "questions": [
            _question(one, reader, written.get(one.key)) for page in pages for one in page.blocks
        ],
        "method": _method(policy.k, hides_areas=bool(closed)),
    }


def _name(round_: Round, reader: Reader) -> str:
    found = reader.label(round_.name, key=round_.slug)
    return formats.neutralise_controls(found.text)


def _heads() -> dict[str, str]:
    return {
        "contents": _("Contents"),
        "who": _("Who answered"),
        "questions": _("Questions and answers"),
        "method": _("How these figures were made"),
    }


def _facts(round_: Round) -> list[str]:
    first, last = formats.day(round_.opens_at), round_.closes_at
    period = _("Answers from %(first)s on.", first=first)
    if last is not None:
        period = _("Answers from %(first)s to %(last)s.", first=first, last=formats.day(last))
    names = formats.listing(one.autonym for one in languages_for(round_.languages))
    return [period, _("The questions could be read in: %(languages)s.", languages=names)]


def _method(k: int, *, hides_areas: bool) -> list[str]:
    return [
        _(
            "The figures tell of those who chose to answer. They are no random sample, and the"
            " figures are not weighted: people who did not answer may think otherwise."
        ),
        _("Most questions may be left out. A share is of those who answered the question."),
        ngettext(
            "A number of %(num)s person or fewer is hidden, and some others with it, so that"
            " nobody can work it out.",
            "Numbers below %(num)s people are hidden, and some others with them, so that nobody"
            " can work them out.",
            k,
        ),
        *([small_areas_words()] if hides_areas else []),
        _(
            "Shares are whole percents, and numbers of people are rounded to fives. An interval"
            " says within which shares the true one lies, given chance, in 95 of 100 cases."
        ),
        _("Intervals of shares are Wilson's (1927)."),
        _("What people wrote in their own words is not in this report."),
    ]


def _who(overview: Overview, reader: Reader) -> Data:
    days = overview.over_time
    return {
        "sentence": overview.sentence or _("Too few answers to show."),
        "over_time": None
        if days is None
        else {
            "finding": days.finding,
            **_drawn(drawing_of_days(days, reader)),
            **_table(days.table),
        },
        "tables": [{"name": name, **_table(table)} for name, table in overview.tables],
    }


def _question(block: Block, reader: Reader, own: OwnWords | None) -> Data:
    told = block.told
    base = base_words(told.base)
    if told.hidden:
        hidden = ngettext("%(num)s number is hidden.", "%(num)s numbers are hidden.", told.hidden)
        base = f"{base} {hidden}"
    return {
        "label": _said(block.label),
        "written": [own.words, own.stands_above] if own and told.base is not None else [],
        "finding": plain_words(told.finding),
        **_drawn(drawing(block, reader)),
        "base": f"{base} {told.note}".strip(),
        **_table(told.table),
    }


def _drawn(svg: str) -> Data:
    """Return a drawing with its height in centimetres, as wide as the text."""
    size = _SIZE.search(svg)
    return {"drawing": svg, "tall": _WIDE * int(size[2]) / int(size[1]) if size else 0}


def _table(table: TableView | None) -> Data:
    if table is None:
        return {"columns": [], "rows": []}
    return {
        "columns": [_head(one) for one in table.columns],
        "rows": [[_cell(one) for one in row] for row in table.rows],
    }


def _head(column: Any) -> Data:
    words, is_number = (column[0], True) if isinstance(column, tuple) else (column, False)
    return {**_cell(words), "number": is_number}


def _cell(words: Any) -> Data:
    """Return a cell without markup, with the language that the markup named."""
    found = _LANGUAGE.search(str(words))
    return _in(found[1] if found else interface_language().code, plain_words(words))


def _said(label: ShownText) -> Data:
    return _in(label.language, formats.neutralise_controls(label.text))


def _in(language: str, words: str) -> Data:
    known = LANGUAGES.get(language, interface_language())
    return {
        "language": known.code.split("-")[0],
        "rtl": known.direction == "rtl",
        "words": words,
    }
