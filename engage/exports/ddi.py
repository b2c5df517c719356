"""Describes a round and its tables as DDI-Codebook 2.5, words in every language they have.

https://ddialliance.org/Specification/DDI-Codebook/2.5/ names the elements and their order.
"""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import regex

from engage.exports.codebook import left_out_words
from engage.exports.contents import Contents, Sheet
from engage.exports.packing import title_of_file
from engage.i18n.gettext import lazy_gettext as _
from engage.questionnaires.column import Code, Column
from engage.questionnaires.columns import MISSING_PART
from engage.responses.models import Round

_NAMESPACE = "ddi:codebook:2_5"
_LANGUAGE = "xml:lang"
#: What XML 1.0 has no way to write.
_UNWRITABLE = regex.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXTS = {"choice", "text", "date", "time", "datetime"}
_FLAGS = (Code("0", {}, _("No")), Code("1", {}, _("Yes")))
_CATEGORIES = {"date": "date", "time": "time", "datetime": "date"}


def codebook_xml(contents: Contents) -> bytes:
    """Return the whole document."""
    root = Element(
        "codeBook",
        {"xmlns": _NAMESPACE, "version": "2.5", _LANGUAGE: contents.options.language},
    )
    _study(root, contents)
    for sheet in contents.sheets:
        _file(root, sheet)
    data = SubElement(root, "dataDscr")
    for sheet in contents.sheets:
        for column in sheet.columns:
            _variable(data, contents, sheet, column)
    indent(root, " ")
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _said(parent: Element, tag: str, text: object, **attributes: str) -> Element:
    made = SubElement(parent, tag, attributes)
    made.text = _UNWRITABLE.sub("\ufffd", str(text))
    return made


def _in_each(parent: Element, tag: str, words: Mapping[str, str], **attributes: str) -> None:
    """Write a text once for each language that it has words in."""
    for language, text in words.items():
        if text.strip():
            _said(parent, tag, text, **attributes).set(_LANGUAGE, language)


def _study(root: Element, contents: Contents) -> None:
    """Say who asked what, of whom and when, and under which rule figures may be published."""
    document = contents.document
    study = SubElement(root, "stdyDscr")
    _citation(study, contents)
    info = SubElement(study, "stdyInfo")
    _in_each(info, "abstract", document.introduction.why)
    about = SubElement(info, "sumDscr")
    for one in contents.rounds:
        _collected(about, one)
    _in_each(about, "geogCover", contents.round.community.name)
    if contents.left_out:
        _said(info, "notes", left_out_words(contents))
    method = SubElement(study, "method")
    collected = SubElement(method, "dataColl")
    _said(collected, "collMode", _("Answered by residents themselves, on the web"))
    use = SubElement(SubElement(study, "dataAccs"), "useStmt")
    rule = _("Nothing about fewer than %(k)s people may be published from this file.", k=contents.k)
    _said(use, "restrctn", rule)


def _collected(about: Element, round_: Round) -> None:
    """Say when a round was open; which one of several it was stands beside the day."""
    for event, moment in (("start", round_.opens_at), ("end", round_.closes_at)):
        if moment is not None:
            day = moment.date().isoformat()
            _said(about, "collDate", "", event=event, date=day, cycle=round_.slug)


def _citation(study: Element, contents: Contents) -> None:
    round_, document = contents.round, contents.document
    citation = SubElement(study, "citation")
    title = SubElement(citation, "titlStmt")
    words = {language: text for language, text in document.title.items() if text.strip()}
    first = (
        contents.options.language if contents.options.language in words else next(iter(words), "")
    )
    own = _said(title, "titl", words.get(first) or contents.called[0])
    if first:
        own.set(_LANGUAGE, first)
    _in_each(title, "parTitl", {key: text for key, text in words.items() if key != first})
    _said(title, "IDNo", contents.called[0])
    made = SubElement(citation, "prodStmt")
    if round_.community.contact_name:
        _said(made, "producer", round_.community.contact_name)
    _said(made, "software", "Engage")
    numbers = ", ".join(str(one.number) for one in contents.table.layout.versions)
    _said(SubElement(citation, "verStmt"), "version", numbers)


def _file_id(sheet: Sheet) -> str:
    return f"F.{title_of_file(sheet)}"


def _file(root: Element, sheet: Sheet) -> None:
    described = SubElement(root, "fileDscr", ID=_file_id(sheet), URI=f"{title_of_file(sheet)}.csv")
    text = SubElement(described, "fileTxt")
    _said(text, "fileName", f"{title_of_file(sheet)}.csv")
    size = SubElement(text, "dimensns")
    _said(size, "caseQnty", sheet.rows)
    _said(size, "varQnty", len(sheet.columns))
    _said(text, "fileType", "text/csv", charset="UTF-8")


def _variable(data: Element, contents: Contents, sheet: Sheet, column: Column) -> None:
    attributes = {
        "ID": f"V.{title_of_file(sheet)}.{column.name}",
        "name": column.name,
        "files": _file_id(sheet),
        "intrvl": "contin" if column.kind in {"integer", "number"} else "discrete",
    }
    if column.codes or column.kind == "flag":
        attributes["nature"] = "ordinal" if column.ordered else "nominal"
    description = contents.description(column)
    if description:
        attributes["wgt"] = "wgt"
    variable = SubElement(data, "var", attributes)
    _in_each(variable, "labl", _headings(contents, column), level="variable")
    if column.question and any(text.strip() for text in column.label.values()):
        _in_each(SubElement(variable, "qstn"), "qstnLit", column.label)
    if description:
        _said(variable, "txt", description)
    for code in column.codes or (_FLAGS if column.kind == "flag" else ()):
        _category(variable, contents, code, is_missing=column.part == MISSING_PART)
    kind = "character" if column.kind in _TEXTS else "numeric"
    _said(
        variable,
        "varFormat",
        "",
        type=kind,
        schema="ISO" if column.kind in _CATEGORIES else "other",
        category=_CATEGORIES.get(column.kind, "other"),
    )


def _headings(contents: Contents, column: Column) -> dict[str, str]:
    """Return what a column is called, by language; the house's words only in the chosen one."""
    own = contents.options.language
    found = {
        language: " – ".join(filter(None, (text, column.part_label.get(language, ""))))
        for language, text in column.label.items()
        if not column.part or language in column.part_label
    }
    return {own: contents.heading(column), **{k: v for k, v in found.items() if k != own}}


def _category(variable: Element, contents: Contents, code: Code, *, is_missing: bool) -> None:
    attributes: dict[str, Any] = {"missing": "Y"} if is_missing else {}
    category = SubElement(variable, "catgry", attributes)
    _said(category, "catValu", code.value)
    own = contents.options.language
    words = {own: contents.words(code), **{k: v for k, v in code.label.items() if k != own}}
    _in_each(category, "labl", words, level="category")
