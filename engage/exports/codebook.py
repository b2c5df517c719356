"""What every column and code of an export means, in every language; and all texts side by side."""

from collections.abc import Iterator

from engage.exports.contents import Contents
from engage.i18n.gettext import gettext as _
from engage.questionnaires.column import Column

Row = list[str | int | None]


def codebook(contents: Contents) -> Iterator[Row]:
    """Yield a heading, then a row a column and a row for each code below it."""
    languages = contents.document.languages
    yield [
        _("Table"),
        _("Column"),
        _("Question"),
        _("Part"),
        _("Kind"),
        _("Code"),
        *(f"{_('Words')} ({language})" for language in languages),
    ]
    for sheet in contents.sheets:
        for column in sheet.columns:
            words = [_words(column, language) for language in languages]
            yield [sheet.key, column.name, column.question, column.part, column.kind, None, *words]
            for code in column.codes:
                labels = [code.words(language) for language in languages]
                yield [sheet.key, column.name, None, None, None, code.value, *labels]


def _words(column: Column, language: str) -> str:
    part = column.part_words(language) if column.part or column.part_house else ""
    return " – ".join(word for word in (column.label.get(language, ""), part) if word)


def left_out_words(contents: Contents) -> str:
    """Return which rounds are not in it although all were asked for, and why."""
    names = ", ".join(one.slug for one in contents.left_out)
    return _("Left out, because there are too few answers: %(rounds)s.", rounds=names)


def about(contents: Contents) -> Iterator[Row]:
    """Yield what the file is: which round, which versions, how many answers, which rules."""
    table, k = contents.table, contents.k
    for round_ in contents.rounds:
        yield [_("Round"), round_.slug]
    if contents.left_out:
        yield [_("Round"), left_out_words(contents)]
    yield [_("Questionnaire"), contents.round.questionnaire.key]
    yield [_("Versions"), ", ".join(str(one.number) for one in table.layout.versions)]
    yield [_("Answers"), table.answers]
    yield [
        _("Rule"),
        _("Nothing about fewer than %(k)s people may be published from this file.", k=k),
    ]
    yield [
        _("Long texts"),
        _("A cell holds 32,767 characters. A longer text ends with “…”; CSV has it whole."),
    ]
    if contents.weights:
        yield [_("Weight"), contents.weights.description]
    yield [
        _("Days"),
        _("A day with fewer than %(k)s answers is told as its week.", k=k),
    ]
