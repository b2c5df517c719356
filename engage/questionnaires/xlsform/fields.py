"""Reads the columns of a row into the fields of a question, a part, a choice or the document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import regex

from engage.i18n.gettext import s_lazy
from engage.i18n.languages import LANGUAGES
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.xlsform import kinds
from engage.questionnaires.xlsform.choices import ChoiceDraft
from engage.questionnaires.xlsform.extras import extra, extra_json, extra_yes
from engage.questionnaires.xlsform.form import YES, Row, says_yes
from engage.questionnaires.xlsform.headings import OWN
from engage.questionnaires.xlsform.names import Draft
from engage.questionnaires.xlsform.parameters import is_randomised
from engage.questionnaires.xlsform.report import Report
from engage.questionnaires.xlsform.texts import Texts

_NO = {"", "no", "false", "false()", "0", "n", "non", "nej", "nein"}
#: Where a person adds entries, or their number is worked out: so many at most, by depth.
_ENTRIES = (50, 20, 10)
_MOST_ENTRIES = 200
#: With this a form's minutes are guessed until somebody has measured them.
_QUESTIONS_A_MINUTE = 5
_DIGEST = regex.compile(r"[0-9a-f]{64}")
_ONE_SCREEN = {"field-list", "table-list"}
_CALENDARS = {
    *("ethiopic", "coptic", "islamic", "bikram-sambat", "myanmar", "persian", "buddhist"),
}


@dataclass(frozen=True)
class Fields:
    """Reads fields and reports what of a row has no place in them."""

    texts: Texts
    report: Report
    languages: tuple[str, ...]

    def question(self, draft: Draft) -> dict[str, Any]:
        """Return the fields of a question, but for its conditions."""
        row = draft.row
        kind = QUESTION_TYPES.get(draft.type)
        named = {name: self.texts.of(row, name) for name in ("label", "hint")}
        if kind is not None and not kind.is_calculated:
            self._give_words(row, named, draft.name)
        self._tell_the_rest(row)
        return {
            **named,
            **{name: self.texts.of(row, f"{OWN}:{name}") for name in ("easy", "why")},
            "required_message": self.texts.of(row, "required_message"),
            "constraint_message": self.texts.of(row, "constraint_message"),
            "audio": self._files(row, "audio"),
            "image": next(iter(self._files(row, "image").values()), ""),
            "export_name": extra(row, "export_name") or draft.export_name,
            "required": kind is not None and kind.is_asked and self._required(row),
            "other": draft.other,
            "randomise": is_randomised(row),
            **{name: extra_yes(row, name) for name in ("dont_know", "prefer_not", "background")},
        }

    def container(self, draft: Draft) -> dict[str, Any]:
        """Return the fields of a group or a repeat, but for its conditions."""
        row = draft.row
        fields: dict[str, Any] = {
            "title": self.texts.of(row, "label"),
            "hint": self.texts.of(row, "hint"),
            "one_screen": bool(_ONE_SCREEN & set(row.cell("appearance").split())),
        }
        if "table-list" in row.cell("appearance").split():
            reason = s_lazy("The questions stand below each other, not in a table.")
            self.report.note(row.spot("appearance"), draft.name, reason)
        if draft.shape == "repeat":
            fields |= self._bounds(draft)
        return fields

    def choice(self, choice: ChoiceDraft, is_used: bool) -> dict[str, Any]:
        """Return the fields of a choice."""
        row = choice.row
        named = {"label": self.texts.of(row, "label")}
        if is_used:
            self._give_words(row, named, choice.name)
        for name in ("audio", "video", "big-image"):
            self._tell_files(row, name)
        return {
            **named,
            "key": choice.key,
            "easy": self.texts.of(row, f"{OWN}:easy"),
            "image": next(iter(self._files(row, "image").values()), ""),
            "columns": choice.columns,
        }

    def document(self, settings: Row, title: str, asked: int) -> dict[str, Any]:
        """Return the fields of the document itself.

        `title` is for a form without one, `asked` the number of questions, to guess the minutes by.
        """
        estimated = min(max(1, round(asked / _QUESTIONS_A_MINUTE)), 240)
        named = {"title": self.texts.of(settings, "title")}
        if not named["title"] and title:
            named["title"] = dict.fromkeys(self.languages, title)
            reason = s_lazy("The form has no title, so it has the name of the file.")
            self.report.note(settings.spot("title"), title, reason)
        elif "title" in settings.bare and len(named["title"]) < len(self.languages):
            # XLSForm has one title for all languages.
            words = next(iter(named["title"].values()))
            named["title"] = {**dict.fromkeys(self.languages, words), **named["title"]}
            reason = s_lazy("The title is in one language. It stands in the others as it is.")
            self.report.note(settings.spot("title"), words, reason)
        spoken = next(iter(named["title"].values()), "")
        self._give_words(settings, {"label": named["title"]}, spoken)
        minutes = settings.cell(f"{OWN}:minutes") or str(estimated)
        fields = {
            **named,
            "introduction": extra_json(settings, "introduction", dict) or {},
            "thanks": self.texts.of(settings, f"{OWN}:thanks"),
            "languages": tuple(extra(settings, "languages").split()) or self.languages,
        }
        if minutes.isdecimal() and 1 <= int(minutes) <= 240:
            fields["minutes"] = int(minutes)
        return fields

    def _give_words(self, row: Row, named: dict[str, dict[str, str]], name: str) -> None:
        """Put words where there are none: the hint for the label, at last the name."""
        label, name = named["label"], name.replace("${", "{")
        if not label and named.get("hint"):
            label.update(named["hint"])
            named["hint"].clear()
        if label.get(self.languages[0]) or not name:
            return
        if label:
            spoken = LANGUAGES.get(self.languages[0])
            reason = s_lazy(
                "There are no words in %(language)s. The name stands in their place.",
                language=spoken.autonym if spoken else self.languages[0],
            )
            words = {self.languages[0]: name, **label}
            label.clear()
            label.update(words)
        else:
            reason = s_lazy("There are no words. The name stands in their place.")
            label.update(dict.fromkeys(self.languages, name))
        self.report.loss(row.spot("label"), name, reason)

    def _required(self, row: Row) -> bool:
        said = row.cell("required")
        if said.lower() not in YES | _NO:
            reason = s_lazy("A question is always to be answered, or never. It may be left empty.")
            self.report.loss(row.spot("required"), said, reason)
        return says_yes(said)

    def _bounds(self, draft: Draft) -> dict[str, int]:
        row = draft.row
        depth = min(len(draft.repeats()), len(_ENTRIES) - 1)
        times = draft.expressions.get("times")
        said = times.value if times is not None and times.op == "value" else None
        is_number, most = False, _ENTRIES[depth]
        if isinstance(said, int | float) and said >= 1:
            is_number, most = True, int(min(said, _MOST_ENTRIES))
        bounds = {"minimum": 0, "maximum": most}
        for name in bounds:
            told = row.cell(f"{OWN}:{name}")
            if told.isdecimal():
                bounds[name] = int(told)
        if f"{OWN}:maximum" not in row.cells and not is_number:
            reason = s_lazy("There can be at most %(number)s entries.", number=bounds["maximum"])
            self.report.note(row.spot("type"), draft.name, reason)
        is_more = isinstance(said, int | float) and said > _MOST_ENTRIES
        if is_more and f"{OWN}:maximum" not in row.cells:
            reason = s_lazy("There can be at most %(number)s entries.", number=_MOST_ENTRIES)
            self.report.loss(row.spot("repeat_count"), row.cell("repeat_count"), reason)
        bounds["maximum"] = min(max(bounds["maximum"], 1), _MOST_ENTRIES)
        return bounds

    def _files(self, row: Row, field: str) -> dict[str, str]:
        """Return files by language: those named by digest, as the others are in no workbook."""
        files = row.texts.get(field, {})
        kept = {code: name for code, name in files.items() if _DIGEST.fullmatch(name)}
        if len(kept) < len(files):
            self._tell_files(row, field)
        return kept

    def _tell_files(self, row: Row, field: str) -> None:
        for name in dict.fromkeys(row.texts.get(field, {}).values()):
            if not _DIGEST.fullmatch(name):
                reason = s_lazy("Files are not part of a workbook. Add them in the editor.")
                self.report.loss(row.spot(field), name, reason)

    def _tell_the_rest(self, row: Row) -> None:
        """Report what a row says that no field holds."""
        for name in ("video", "big-image"):
            self._tell_files(row, name)
        guidance: Mapping[str, str] = row.texts.get("guidance_hint", {})
        if guidance:
            reason = s_lazy("There is one hint for everybody. Guidance for interviewers stays out.")
            self.report.loss(row.spot("guidance_hint"), next(iter(guidance.values())), reason)
        if row.cell("trigger"):
            reason = s_lazy("Values are worked out again with every change.")
            self.report.note(row.spot("trigger"), row.cell("trigger"), reason)
        said = set(row.cell("appearance").lower().split())
        if said & _CALENDARS:
            reason = s_lazy("The date is asked in the usual calendar.")
            self.report.loss(row.spot("appearance"), row.cell("appearance"), reason)
        if any(one.startswith(("ex:", "printer:", "intent:")) for one in said):
            reason = s_lazy("No other app is asked. The person answers.")
            self.report.loss(row.spot("appearance"), row.cell("appearance"), reason)


def be_what_it_is(draft: Draft, report: Report) -> None:
    """Turn what nobody could answer into a note, and name demands that no note can make."""
    row, kind = draft.row, QUESTION_TYPES.get(draft.type)
    if kind is None or draft.shape != "question":
        return
    if kind.is_asked and says_yes(row.cell("read_only")):
        if "calculation" in draft.expressions:
            reason = s_lazy("The value can be changed.")
            report.loss(row.spot("read_only"), draft.name, reason)
        else:
            _make_note(draft)
            reason = s_lazy("Nobody can answer it, so it is a note.")
            report.note(row.spot("read_only"), draft.name, reason)
    elif draft.kind.word == kinds.NOTE and says_yes(row.cell("required")):
        reason = s_lazy("A note asks for no answer, so it does not keep anybody from going on.")
        report.loss(row.spot("required"), draft.name, reason)


def _make_note(draft: Draft) -> None:
    for name, kind in QUESTION_TYPES.items():
        settings = kind.from_xlsform(kinds.NOTE, "", {})
        if settings is not None:
            draft.type, draft.settings = name, settings
            draft.choices, draft.other = None, False
            draft.expressions = {
                field: made for field, made in draft.expressions.items() if field == "relevant"
            }
            return
