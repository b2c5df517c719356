"""Reads a workbook in XLSForm's manner into a document, and says what could not be kept."""

from collections.abc import Mapping
from functools import partial
from pathlib import PurePath
from types import MappingProxyType

import regex

from engage.i18n.gettext import s_lazy
from engage.questionnaires.xlsform.build import MADE_LIST, Builder
from engage.questionnaires.xlsform.choices import read_choices
from engage.questionnaires.xlsform.extras import extra_json, extra_yes
from engage.questionnaires.xlsform.fields import Fields, be_what_it_is
from engage.questionnaires.xlsform.fill import Filler
from engage.questionnaires.xlsform.form import Form, Row, read_form
from engage.questionnaires.xlsform.names import Names, name_all, walk_drafts
from engage.questionnaires.xlsform.order import put_in_order
from engage.questionnaires.xlsform.plainly import ask_plainly
from engage.questionnaires.xlsform.prune import prune, prune_texts
from engage.questionnaires.xlsform.report import Imported, Report, Spot, UnreadableError
from engage.questionnaires.xlsform.syntax import UntranslatableError
from engage.questionnaires.xlsform.texts import Texts
from engage.questionnaires.xlsform.tree import read_tree
from engage.questionnaires.xlsform.workbook import read_workbook

_LONGEST_KEY = 60


def read_xlsform(
    content: bytes,
    filename: str,
    default_language: str,
    languages: Mapping[str, str] = MappingProxyType({}),
) -> Imported:
    """Return what a workbook says as a document, with losses, problems and notes.

    `default_language` is that of texts whose headings name none; `languages` gives codes to names
    of languages that nobody here knows.
    """
    report = Report()
    try:
        workbook = read_workbook(content)
        if workbook.has_macros:
            reason = s_lazy("The macros in the file are neither run nor kept.")
            report.note(Spot(""), filename, reason)
        form = read_form(workbook, report, default_language, languages)
    except UnreadableError as error:
        report.problem(Spot(""), filename, error.message)
        return report.imported(None)
    built = read_rows(form, report, PurePath(filename).stem)
    document = None if report.problems else built.document(exact=True)
    return report.imported(document, _key(form.settings, filename))


def read_rows(form: Form, report: Report, title: str) -> Builder:
    """Return the builder of a form's document, with everything in its place."""
    as_is = extra_yes(form.settings, "as_is")
    lists = read_choices(form.choices, report, _real_names(form.settings), as_is)
    tree = read_tree(form.survey, lists, report, as_is)
    names = tree.names
    name_all(tree.drafts, names, report, as_is)
    filler = Filler(names, report)
    for draft in walk_drafts(tree.drafts):
        filler.fill(draft)
        be_what_it_is(draft, report)
    if not as_is:
        put_in_order(tree.drafts, report)
    builder = Builder(form, tree, report)
    is_free = not as_is and not report.problems
    if is_free:
        prune(builder, filler)
    texts = Texts(report, partial(_piped, names), form.languages)
    builder.read(Fields(texts, report, form.languages), title)
    if is_free:
        prune_texts(builder)
        ask_plainly(builder)
    return builder


def _piped(names: Names, name: str) -> tuple[str | None, object]:
    try:
        target = names.find(name, None)
    except UntranslatableError as error:
        return None, error.reason
    if target.draft is None or target.draft.shape != "question" or target.part:
        return None, s_lazy("It reads “%(key)s”, which nobody answers.", key=name)
    return target.draft.key, None


def _real_names(settings: Row) -> dict[str, str]:
    """Return what lists are really called, where a sheet could not call them so."""
    said = extra_json(settings, "lists", dict) or {}
    return {
        str(in_sheet): str(name)
        for in_sheet, name in said.items()
        if not str(in_sheet).startswith(MADE_LIST)
    }


def _key(settings: Row, filename: str) -> str:
    """Return a short name to propose: small letters, digits and hyphens."""
    for name in (settings.cell("form_id"), PurePath(filename).stem):
        key: str = regex.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:_LONGEST_KEY]
        if key:
            return key.strip("-")
    return "questionnaire"
