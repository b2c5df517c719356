"""The functions of XLSForm and what they mean here; one table, one entry a function."""

import regex

from engage.i18n.gettext import s_lazy
from engage.questionnaires.expressions import Expression, Op, call, literal
from engage.questionnaires.xlsform.meaning import Args, Meaning, Meant
from engage.questionnaires.xlsform.syntax import Node, UntranslatableError

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: What of a date can be written out: no names of months, no times of day.
_DATE_SIGNS = set("YymndDe%")
_ONLY_CHOSEN = s_lazy("Only the words of a chosen answer can be told here.")


def _needs(args: Args, least: int, most: int | None = None) -> None:
    if not least <= len(args) <= (most or least):
        raise UntranslatableError(s_lazy("A function has too many or too few values."))


def _same(op: Op, least: int, most: int | None = None) -> Meant:
    """Return the meaning of a function that exists here under another name."""

    def meant(meaning: Meaning, args: Args) -> Expression:
        _needs(args, least, most)
        return call(op, *map(meaning.of, args))

    return meant


def _constant(value: bool) -> Meant:
    return lambda _meaning, _args: literal(value)


def _today(_meaning: Meaning, _args: Args) -> Expression:
    return Expression(op="today")


def _is_list(meaning: Meaning, node: Node) -> bool:
    """Say whether a value is a list of choices already, not a text with spaces between words."""
    draft = meaning.draft_of(node)
    return draft is not None and draft.choices is not None


def _listed(meaning: Meaning, node: Node) -> Expression:
    value = meaning.of(node)
    return value if _is_list(meaning, node) else call("split", value)


def _selected(meaning: Meaning, args: Args) -> Expression:
    _needs(args, 2)
    value, said = _listed(meaning, args[0]), meaning.of(args[1])
    keys = meaning.keys_said(args[0], said)
    each = [call("selected", value, literal(key)) for key in keys]
    if len(each) > 1:
        return call("any", *each)
    return each[0] if each else call("selected", value, said)


def _selected_at(meaning: Meaning, args: Args) -> Expression:
    _needs(args, 2)
    return call("selected_at", _listed(meaning, args[0]), meaning.of(args[1]))


def _count_selected(meaning: Meaning, args: Args) -> Expression:
    _needs(args, 1)
    return call("count", _listed(meaning, args[0]))


def _count(meaning: Meaning, args: Args) -> Expression:
    """`count(${repeat})` counts entries, and so does counting a question that stands in them."""
    _needs(args, 1)
    draft = meaning.draft_of(args[0])
    if draft is None:
        return call("count", meaning.of(args[0]))
    if draft.shape == "repeat":
        return Expression(op="entries", name=draft.key)
    outside = [one for one in draft.repeats() if one not in meaning.place.reader.repeats()]
    if draft.shape == "question" and len(outside) == 1:
        return Expression(op="entries", name=outside[0].key)
    return call("count", meaning.of(args[0]))


def _position(meaning: Meaning, args: Args) -> Expression:
    """`position(..)`: groups between the question and its repeat are climbed too."""
    _needs(args, 1)
    steps = args[0].args if args[0].kind == "path" else args
    climbed = [one.shape for one in meaning.place.reader.around()[: len(steps)]]
    if any(step.kind != "parent" for step in steps) or climbed.count("repeat") > 1:
        raise UntranslatableError(s_lazy("Only the place in the innermost repeat is known here."))
    return Expression(op="position")


def _indexed_repeat(meaning: Meaning, args: Args) -> Expression:
    _needs(args, 3)
    draft, _repeat = meaning.draft_of(args[0]), meaning.draft_of(args[1])
    if draft is None or not draft.repeats():
        raise UntranslatableError(s_lazy("The value to read does not stand in a repeat."))
    inside = bool(set(draft.repeats()) & set(meaning.place.reader.repeats()))
    read = Expression(op="answer", name=draft.key, every=inside)
    return call("item", read, meaning.of(args[2]))


def _choice_name(meaning: Meaning, args: Args) -> Expression:
    """`jr:choice-name(${q}, '${q}')`: the words of what was chosen."""
    _needs(args, 2)
    named = str(args[1].value).strip() if args[1].kind == "text" else f"${{{args[1].name}}}"
    found = regex.fullmatch(r"\$\{\s*(.+?)\s*\}", named)
    draft = meaning.place.names.find(found[1], meaning.place.reader).draft if found else None
    chosen = args[0]
    is_one = draft is not None and draft.kind.word == "select_one"
    is_first = chosen.kind == "call" and chosen.name == "selected-at" and len(chosen.args) == 2
    if is_one and is_first and chosen.args[1] == Node("number", value=0):
        chosen = chosen.args[0]
    if draft is None or draft.choices is None or meaning.draft_of(chosen) is not draft:
        raise UntranslatableError(_ONLY_CHOSEN)
    return _label(meaning, chosen)


def _label(meaning: Meaning, chosen: Node) -> Expression:
    """The words of an answer; of the value being checked they are not known."""
    answer = meaning.of(chosen)
    if answer.op != "answer":
        raise UntranslatableError(_ONLY_CHOSEN)
    return call("label", answer)


def _instance_label(meaning: Meaning, args: Args) -> Expression:
    """The words of what was chosen, in the very list that the question takes its choices from."""
    draft = meaning.draft_of(args[0])
    if draft is None or draft.choices is None or draft.choices.name != args[1].value:
        return _only_devices(meaning, args)
    return _label(meaning, args[0])


def _coalesce(meaning: Meaning, args: Args) -> Expression:
    """ODK's takes two, so longer ones come nested at the end."""
    _needs(args, 1, 50)
    last = args[-1]
    if len(args) == 2 and last.kind == "call" and last.name == "coalesce":
        return call("coalesce", meaning.of(args[0]), *meaning.of(last).args)
    return call("coalesce", *map(meaning.of, args))


def _substring(meaning: Meaning, args: Args) -> Expression:
    """XPath counts from 1 and wants a length; ODK's `substr` counts as we do."""
    _needs(args, 2, 3)
    text, start = meaning.of(args[0]), call("subtract", meaning.of(args[1]), literal(1))
    if len(args) == 2:
        return call("substring", text, start)
    return call("substring", text, start, call("add", start, meaning.of(args[2])))


def _translate(meaning: Meaning, args: Args) -> Expression:
    """Only the usual trick for capital and small letters can be said."""
    _needs(args, 3)
    signs, put = (str(one.value) if one.kind == "text" else "" for one in args[1:])
    if signs == _LETTERS and put == _LETTERS.upper():
        return call("upper", meaning.of(args[0]))
    if signs == _LETTERS.upper() and put == _LETTERS:
        return call("lower", meaning.of(args[0]))
    raise UntranslatableError(s_lazy("There is no function “%(name)s” here.", name="translate()"))


def _regex(meaning: Meaning, args: Args) -> Expression:
    _needs(args, 2)
    pattern = meaning.of(args[1])
    try:
        regex.compile(str(pattern.value) if pattern.op == "value" else "")
    except regex.error:
        raise UntranslatableError(
            s_lazy("The pattern “%(pattern)s” cannot be read.", pattern=pattern.value)
        ) from None
    return call("matches", meaning.of(args[0]), pattern)


def _format_date(meaning: Meaning, args: Args) -> Expression:
    _needs(args, 2)
    form = meaning.of(args[1])
    signs = regex.findall(r"%(\d*.)", str(form.value))
    if form.op != "value" or not set(signs) <= _DATE_SIGNS:
        raise UntranslatableError(
            s_lazy("Dates can be written in figures only: day, month and year.")
        )
    return call("format_date", meaning.of(args[0]), form)


def _first(meaning: Meaning, args: Args) -> Expression:
    _needs(args, 1)
    return meaning.of(args[0])


def _boolean_of_text(meaning: Meaning, args: Args) -> Expression:
    _needs(args, 1)
    value = meaning.of(args[0])
    return call("any", *(call("is", value, literal(word)) for word in ("true", "1")))


def _only_devices(_meaning: Meaning, _args: Args) -> Expression:
    raise UntranslatableError(
        s_lazy("It makes something by chance, or asks the device or other files.")
    )


#: Name of a function in a form → what a call of it means.
FUNCTIONS: dict[str, Meant] = {
    "selected": _selected,
    "selected-at": _selected_at,
    "count-selected": _count_selected,
    "count": _count,
    "count-non-empty": _same("count", 1),
    "position": _position,
    "indexed-repeat": _indexed_repeat,
    "jr:choice-name": _choice_name,
    "instance-label": _instance_label,
    "true": _constant(True),
    "false": _constant(False),
    "not": _same("not", 1),
    "boolean": _same("all", 1),
    "boolean-from-string": _boolean_of_text,
    "if": _same("if", 3),
    "coalesce": _coalesce,
    "once": _first,
    "today": _today,
    "now": _today,
    "date": _same("date", 1),
    "date-time": _same("date", 1),
    "decimal-date-time": _same("number", 1),
    "format-date": _format_date,
    "format-date-time": _format_date,
    "sum": _same("sum", 1),
    "min": _same("smallest", 1, 50),
    "max": _same("largest", 1, 50),
    "number": _same("number", 1),
    "int": _same("truncate", 1),
    "round": _same("round", 1, 2),
    "floor": _same("floor", 1),
    "ceiling": _same("ceiling", 1),
    "abs": _same("absolute", 1),
    "sqrt": _same("square_root", 1),
    "pow": _same("power", 2),
    "string": _same("text", 1),
    "concat": _same("concat", 1, 200),
    "join": _same("join", 2, 200),
    "string-length": _same("length", 1),
    "contains": _same("contains", 2),
    "starts-with": _same("starts_with", 2),
    "ends-with": _same("ends_with", 2),
    "substr": _same("substring", 2, 3),
    "substring": _substring,
    "translate": _translate,
    "regex": _regex,
    **dict.fromkeys(("random", "uuid", "version", "property", "instance"), _only_devices),
    **dict.fromkeys(("pulldata", "search", "lookup", "last-saved"), _only_devices),
}
