"""Words for people as they come in forms: without markup, with pipes to the keys of questions."""

import html
from collections.abc import Callable
from functools import partial

import regex

from engage.i18n.gettext import s_lazy
from engage.questionnaires.piping import GAP
from engage.questionnaires.xlsform.form import Row
from engage.questionnaires.xlsform.report import Report, Spot

_TAGS = (
    "a|b|i|u|s|em|strong|span|p|div|br|font|center|small|big|sub|sup|ul|ol|li|h[1-6]|img|hr"
    "|table|tbody|tr|td|th|pre|code|blockquote"
)
_LINK = regex.compile(
    r"<a\b[^<>]*\bhref\s*=\s*[\"']?([^\"'\s<>]+)[^<>]*>(.*?)</a\s*>", regex.I | regex.S
)
_BREAK = regex.compile(
    r"<br\b[^<>]*>|</(?:p|div|li|tr|h[1-6])\s*>(?=.)|<hr\b[^<>]*>", regex.I | regex.S
)
_TAG = regex.compile(rf"</?(?:{_TAGS})\b[^<>]*>", regex.IGNORECASE)
_OUTPUT = regex.compile(
    r"<output\s+value\s*=\s*[\"']\s*(?:[^\"']*/|\$\{)?\s*([^\"'/{}]+?)\s*\}?\s*[\"']\s*/?>", regex.I
)
_ENTITY = regex.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", regex.IGNORECASE)
_MARKDOWN = (
    (regex.compile(r"\[([^\[\]\n]+)\]\(\s*((?:https?:|mailto:|tel:)[^()\s]+)\s*\)"), r"\1 (\2)"),
    (regex.compile(r"\*\*(\S(?:(?!\*\*)[^\n])*+)(?<=\S)\*\*"), r"\1"),
    (regex.compile(r"(?<![\w{_])__([^\s_](?:(?!__)[^\n])*+)(?<=\S)__(?![\w}_])"), r"\1"),
    (regex.compile(r"(?<![\w*\\])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"), r"\1"),
    (regex.compile(r"(?<![\w{_\\])_([^\s_](?:[^_\n]*[^\s_])?)_(?![\w}_])"), r"\1"),
    (regex.compile(r"^#{1,6}[ ]+(?=\S)", regex.MULTILINE), ""),
    (regex.compile(r"\\([*_#\[\]\\])"), r"\1"),
)
_PIPE = regex.compile(r"\$\{\s*([^{}]+?)\s*\}")

#: Name in the form → key of the question, or why there is none.
Piped = Callable[[str], tuple[str | None, object]]


def plain(words: str) -> str:
    """Return a text without HTML and Markdown; the addresses of links stand behind their words."""
    if "<" in words or "&" in words:
        words = _OUTPUT.sub(r"${\1}", words)
        words = _LINK.sub(_link, words)
        words = _TAG.sub("", _BREAK.sub("\n", words))
        words = _ENTITY.sub(lambda found: html.unescape(found[0]), words)
    for pattern, put in _MARKDOWN:
        words = pattern.sub(put, words)
    return words.strip()


def _link(found: regex.Match[str]) -> str:
    address, text = found[1], found[2].strip()
    return text if address in text else f"{text} ({address})"


class Texts:
    """Makes the texts of rows fit for the document, and reports what that costs."""

    def __init__(self, report: Report, piped: Piped, languages: tuple[str, ...]) -> None:
        self.report, self.piped, self.languages = report, piped, languages

    def of(self, row: Row, field: str) -> dict[str, str]:
        """Return a text of a row by language, in the order of the form's languages."""
        made = {}
        text = row.texts.get(field, {})
        for language, words in sorted(text.items(), key=lambda one: self._place(one[0])):
            bare = plain(words)
            if bare != words:
                reason = s_lazy("Bold, links and the like are not kept. The words are.")
                self.report.note(row.spot(field, language), row.cell("name"), reason)
            if bare:
                spot = row.spot(field, language)
                made[language] = _PIPE.sub(partial(self._pipe, spot), bare)
        return made

    def _place(self, language: str) -> int:
        return self.languages.index(language) if language in self.languages else len(self.languages)

    def _pipe(self, spot: Spot, found: regex.Match[str]) -> str:
        key, reason = self.piped(found[1])
        if key is None:
            self.report.loss(spot, found[0], reason)
            return GAP
        return f"${{{key}}}"
