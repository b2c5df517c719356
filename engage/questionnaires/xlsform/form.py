"""Finds the sheets of a form and reads their rows into fields, with texts by language."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engage.i18n.gettext import s_lazy
from engage.questionnaires.xlsform.cells import straight
from engage.questionnaires.xlsform.headings import MEDIA, OWN, TEXTS, Column, SheetKind, columns_of
from engage.questionnaires.xlsform.languages import language_code
from engage.questionnaires.xlsform.report import Report, Spot, UnreadableError
from engage.questionnaires.xlsform.unworked import ERRORS, UNWORKED
from engage.questionnaires.xlsform.workbook import (
    CHOICES,
    EXTERNAL,
    SETTINGS,
    SURVEY,
    Sheet,
    Workbook,
    plain_name,
)

#: Headings are sought in so many rows from the top: some forms begin with a title.
_HEADING_ROWS = 20
_NEEDED: dict[SheetKind, set[str]] = {
    "survey": {"type", "name"},
    "choices": {"list_name", "name"},
    "settings": set(),
}
#: What authors write for yes where the form wants a truth.
YES = {"yes", "true", "true()", "1", "y", "oui", "si", "sí", "ja", "sim"}
_NOTHING = {"", *ERRORS}
_SPOKEN = {f"{OWN}:{name}" for name in TEXTS} | TEXTS | MEDIA


def says_yes(cell: str) -> bool:
    """Say whether a cell says yes."""
    return cell.lower() in YES


@dataclass
class Row:
    """One row: cells by field, texts by field and language, other columns by heading.

    `bare` names the texts that stand only under headings which say no language.
    """

    sheet: str
    number: int
    cells: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    bare: set[str] = field(default_factory=set)

    def spot(self, name: str = "", language: str = "") -> Spot:
        """Return the place of a field in this row, in the column of a language where it has one."""
        heading = self.headings.get(name, name)
        heading = self.headings.get(f"{name}:{language}", heading) if language else heading
        return Spot(self.sheet, self.number, heading)

    def cell(self, name: str) -> str:
        """Return a field that programs read, on one line with plain signs."""
        return straight(self.cells.get(name, ""))


@dataclass(frozen=True)
class Form:
    """The rows of a form; `languages` in order, the form's own first."""

    survey: tuple[Row, ...]
    choices: tuple[Row, ...]
    settings: Row
    languages: tuple[str, ...]


@dataclass(frozen=True)
class _Table:
    """A sheet with its headings understood."""

    sheet: Sheet
    kind: SheetKind
    columns: tuple[Column, ...]
    start: int

    def rows(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        return self.sheet.rows[self.start :]


def read_form(
    workbook: Workbook, report: Report, default_language: str, named: Mapping[str, str]
) -> Form:
    """Return the form in a workbook; raises UnreadableError where there is none.

    `named` gives codes to names of languages that nobody here knows.
    """
    tables = _tables(workbook)
    survey = tables.get("survey")
    if survey is None:
        raise UnreadableError(
            s_lazy(
                "No sheet of this file holds questions. "
                "A form has a sheet called “survey” with the columns “type” and “name”."
            )
        )
    settings = next(_rows(tables.get("settings"), {}), Row("settings", 2))
    if not survey.rows() and f"{OWN}:as_is" not in settings.cells:
        raise UnreadableError(s_lazy("The sheet with the questions is empty."))
    spoken = _Languages(tables, settings.cell("default_language"), default_language, named)
    spoken.tell(report)
    codes = spoken.codes
    for table in tables.values():
        _tell_columns(table, report)
        _tell_errors(table, report)
    return Form(
        tuple(_rows(survey, codes)),
        (*_rows(tables.get("choices"), codes), *_rows(tables.get("external"), codes)),
        next(_rows(tables.get("settings"), codes), Row("settings", 2)),
        spoken.in_order,
    )


def _tables(workbook: Workbook) -> dict[str, _Table]:
    found: dict[str, _Table] = {}
    names: dict[SheetKind, tuple[str, ...]] = {
        "survey": SURVEY,
        "choices": CHOICES,
        "settings": SETTINGS,
    }
    for kind, usual in names.items():
        by_name = [sheet for sheet in workbook.sheets if plain_name(sheet.name) in usual]
        others = [] if kind == "settings" else list(workbook.sheets)
        taken = {table.sheet.name for table in found.values()}
        for sheet in [*by_name, *(other for other in others if other.name not in taken)]:
            table = _table(sheet, kind)
            if table is not None:
                found[kind] = table
                break
    _add_external(workbook, found)
    return found


def _add_external(workbook: Workbook, found: dict[str, _Table]) -> None:
    """Take the choices that ODK puts into a file of their own; here they are in the workbook."""
    sheet = next((one for one in workbook.sheets if plain_name(one.name) in EXTERNAL), None)
    table = _table(sheet, "choices") if sheet is not None else None
    if table is not None and table.sheet not in [one.sheet for one in found.values()]:
        found["external"] = table


def _table(sheet: Sheet, kind: SheetKind) -> _Table | None:
    """Return a sheet with its headings, None where it has not those that this kind needs."""
    for index, (_number, texts) in enumerate(sheet.rows[:_HEADING_ROWS]):
        columns = columns_of(texts, kind)
        fields = {column.field for column in columns}
        if _NEEDED[kind] <= fields or (kind == "survey" and {"type", "label"} <= fields):
            return _Table(sheet, kind, tuple(columns), index + 1)
    return None


def _cells(table: _Table, texts: tuple[str, ...]) -> Iterator[tuple[Column, str]]:
    for column in table.columns:
        if column.index < len(texts) and texts[column.index] not in _NOTHING:
            yield column, texts[column.index]


def _rows(table: _Table | None, codes: Mapping[str, str | None]) -> Iterator[Row]:
    """Yield the rows of a table; of two columns with the same meaning the first filled counts."""
    if table is None:
        return
    headings: dict[str, str] = {}
    for column in table.columns:
        headings.setdefault(column.field, column.heading)
        headings.setdefault(f"{column.field}:{codes.get(column.language)}", column.heading)
    for number, texts in table.rows():
        row = Row(table.sheet.name, number, headings=headings)
        spoken = set()
        for column, content in _cells(table, texts):
            if column.is_property:
                row.properties.setdefault(column.heading, content)
            elif column.field in _SPOKEN:
                code = codes.get(column.language)
                if not column.language:
                    row.bare.add(column.field)
                else:
                    spoken.add(column.field)
                if code is not None:
                    row.texts.setdefault(column.field, {}).setdefault(code, content)
            elif column.field:
                row.cells.setdefault(column.field, content)
        row.bare -= spoken
        yield row


def _tell_columns(table: _Table, report: Report) -> None:
    """Name the columns that nobody here knows and that hold anything."""
    filled = {column.index for _n, texts in table.rows() for column, _c in _cells(table, texts)}
    for column in table.columns:
        if not column.is_known and column.index in filled:
            spot = Spot(table.sheet.name, 0, column.heading)
            report.note(spot, column.heading, s_lazy("This column means nothing here."))


def _tell_errors(table: _Table, report: Report) -> None:
    """Name the cells that hold no result but an error, or a formula nobody has worked out."""
    for number, texts in table.rows():
        for column in table.columns:
            content = texts[column.index] if column.index < len(texts) else ""
            if content not in ERRORS:
                continue
            reason = s_lazy("The spreadsheet shows an error here. Put this cell right.")
            if content == UNWORKED:
                reason = s_lazy(
                    "The result of a formula is missing. "
                    "Open the file in a spreadsheet program, save it and import it again."
                )
            report.loss(Spot(table.sheet.name, number, column.heading), content, reason)


class _Languages:
    """Which language each heading is in, and in which order the form has them."""

    def __init__(
        self,
        tables: Mapping[str, _Table],
        own: str,
        default_language: str,
        named: Mapping[str, str],
    ) -> None:
        self.tables, self.named, self.own = tables, named, self._code(own, named)
        self.filled: Counter[str] = Counter()
        self.labels: Counter[str] = Counter()
        self.places: dict[str, Spot] = {}
        for table in tables.values():
            self._count(table)
        self.codes: dict[str, str | None] = {
            name: self._code(name, named) for name in self.places if name
        }
        self.guessed = ""
        self._name_the_rest(default_language)

    @staticmethod
    def _code(name: str, named: Mapping[str, str]) -> str | None:
        return named.get(name) or language_code(name)

    def _count(self, table: _Table) -> None:
        for column in table.columns:
            if column.field in _SPOKEN:
                spot = Spot(table.sheet.name, 0, column.heading)
                self.places.setdefault(column.language, spot)
        for _number, texts in table.rows():
            for column, _content in _cells(table, texts):
                if column.field in _SPOKEN:
                    self.filled[column.language] += 1
                    self.labels[column.language] += column.field == "label"

    def _name_the_rest(self, default_language: str) -> None:
        """Decide on headings without a language, and on a form in one unknown language only."""
        known = [name for name, code in self.codes.items() if code and self.filled[name]]
        unknown = [name for name, code in self.codes.items() if not code and self.filled[name]]
        if not known and unknown and not self.labels[""]:
            self.guessed = unknown[0]
            self.codes[self.guessed] = default_language
        spoken = [code for name in known if (code := self.codes[name])]
        fullest = max((self.labels[name] for name in known), default=0)
        if 2 * self.labels[""] > fullest or not spoken:
            self.codes[""] = self.own or default_language
        else:  # Only a few columns were left without a language: they are in the form's own.
            self.codes[""] = self.own if self.own in spoken else spoken[0]

    @property
    def in_order(self) -> tuple[str, ...]:
        """Return the codes of languages with any words: the form's own first, else the fullest."""
        amount: Counter[str] = Counter()
        for name, code in self.codes.items():
            if code and self.filled[name]:
                amount[code] += self.labels[name]
        if not amount:
            return (self.codes[""] or "",)
        codes = list(amount)
        first = self.own if self.own in amount else max(codes, key=lambda code: amount[code])
        return (str(first), *(code for code in codes if code != first))

    def tell(self, report: Report) -> None:
        """Name the languages that stay out, and what was guessed."""
        for name, code in self.codes.items():
            spot = self.places.get(name)
            if spot is None or not name:
                continue
            if not self.filled[name]:
                report.note(spot, name, s_lazy("The columns in this language are empty."))
            elif name == self.guessed:
                reason = s_lazy(
                    "Nobody here knows this language. Its texts are taken as “%(code)s”.", code=code
                )
                report.loss(spot, name, reason)
            elif code is None:
                report.loss(
                    spot, name, s_lazy("Nobody here knows this language. Its texts stay out.")
                )
