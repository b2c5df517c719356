"""What an expression of a form means here: a tree of Engage's own, or why there is none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engage.i18n.gettext import s_lazy
from engage.questionnaires.expressions import Expression, Op, answer, call, literal
from engage.questionnaires.values import as_text
from engage.questionnaires.xlsform.choices import ListDraft
from engage.questionnaires.xlsform.names import Draft, Names
from engage.questionnaires.xlsform.report import sentences
from engage.questionnaires.xlsform.syntax import Node, UntranslatableError

_COMPARED: dict[str, Op] = {
    "=": "is",
    "!=": "is_not",
    ">": "more_than",
    ">=": "at_least",
    "<": "less_than",
    "<=": "at_most",
}
_WORKED: dict[str, Op] = {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "div": "divide",
    "mod": "modulo",
}


@dataclass(frozen=True)
class Place:
    """Where an expression stands: the item and field, and the list whose choices are filtered."""

    names: Names
    reader: Draft
    field: str
    filtered: ListDraft | None = None


Args = tuple[Node, ...]
#: Turns the values a function is called with into what the call means.
Meant = Callable[["Meaning", Args], Expression]


class Meaning:
    """Turns nodes into expressions where they stand."""

    def __init__(self, place: Place, functions: Mapping[str, Meant]) -> None:
        self.place, self.functions = place, functions

    def of(self, node: Node) -> Expression:
        """Return what a node means."""
        made: Expression = getattr(self, f"_{node.kind}")(node)
        return made

    def _number(self, node: Node) -> Expression:
        return literal(node.value)

    def _text(self, node: Node) -> Expression:
        return literal(node.value)

    def _ref(self, node: Node) -> Expression:
        return self.named(node.name)

    def _here(self, _node: Node) -> Expression:
        if self.place.field == "constraint":
            return Expression(op="self")
        raise UntranslatableError(s_lazy("Only the check of an answer can look at “this answer”."))

    def _parent(self, _node: Node) -> Expression:
        raise self.no_path()

    _root = _parent

    def _name(self, node: Node) -> Expression:
        """A bare name is a property of the choice that is filtered."""
        filtered = self.place.filtered
        if filtered is None:
            reason = sentences(
                s_lazy("Write “${%(name)s}” to read an answer.", name=node.name),
                s_lazy("Put words into quotation marks: '%(name)s'.", name=node.name),
            )
            raise UntranslatableError(reason)
        if node.name not in filtered.columns:
            raise UntranslatableError(
                s_lazy("No choice in the list has a column “%(name)s”.", name=node.name)
            )
        return Expression(op="column", name=node.name)

    def _path(self, node: Node) -> Expression:
        """Read a path by its last step: `/data/group/age`, `../age`, `current()/../age`."""
        first, *others = node.args
        if first.kind == "ref" and len(others) == 1 and others[0].kind == "name":
            return self._child(first.name, others[0].name)
        head = first if first.kind != "call" or first.name == "current" else None
        last = others[-1]
        through = all(step.kind in {"parent", "here", "name", "ref"} for step in others)
        if head is None or not through or last.kind not in {"name", "ref"}:
            raise self.no_path()
        return self.named(last.name, is_absolute=first.kind == "root")

    def _child(self, outer: str, inner: str) -> Expression:
        target = self.place.names.find(outer, self.place.reader)
        if target.draft is not None and target.draft.shape == "question":
            return answer(target.draft.key, inner)
        return self.named(inner)

    def no_path(self) -> UntranslatableError:
        """Return the refusal of a path that leads nowhere here."""
        return UntranslatableError(s_lazy("Write “${name}” instead of a path through the form."))

    def named(self, name: str, is_absolute: bool = False) -> Expression:
        """Return the answer a name leads to; its own name in a check is the value checked."""
        reader = self.place.reader
        if name.startswith("last-saved#"):
            raise UntranslatableError(
                s_lazy("It reads what was answered last time. Nobody keeps that here.")
            )
        target = self.place.names.find(name, reader)
        if target.draft is None:
            return Expression(op="today")
        if target.draft.shape != "question":
            raise UntranslatableError(s_lazy("It reads “%(key)s”, which nobody answers.", key=name))
        if target.draft is reader and self.place.field == "constraint" and not target.part:
            return Expression(op="self")
        own = is_absolute and set(reader.repeats()) & set(target.draft.repeats())
        return Expression(op="answer", name=target.draft.key, part=target.part, every=bool(own))

    def draft_of(self, node: Node) -> Draft | None:
        """Return the item a reference leads to, None for anything else."""
        if node.kind == "here":
            return self.place.reader
        if node.kind == "ref":
            return self.place.names.find(node.name, self.place.reader).draft
        return None

    def _call(self, node: Node) -> Expression:
        meant = self.functions.get(node.name)
        if meant is None:
            raise UntranslatableError(
                s_lazy("There is no function “%(name)s” here.", name=f"{node.name}()")
            )
        return meant(self, node.args)

    def _chain(self, node: Node) -> Expression:
        op: Op = "all" if node.name == "and" else "any"
        return call(op, *map(self.of, node.args))

    def _negative(self, node: Node) -> Expression:
        return call("negate", self.of(node.args[0]))

    def _worked(self, node: Node) -> Expression:
        return call(_WORKED[node.name], *map(self.of, node.args))

    def _compared(self, node: Node) -> Expression:
        left, right = node.args
        if right.kind == "text" and right.name == "'" and right.value == "":
            if node.name == "!=":
                return call("answered", self.of(left))
            if node.name == "=":
                return call("not", call("answered", self.of(left)))
        one, other = self.of(left), self.of(right)
        op = _COMPARED[node.name]
        if op in {"is", "is_not"}:
            for asked, said, is_first in ((left, other, True), (right, one, False)):
                keys = self.keys_said(asked, said)
                if keys:
                    read = one if is_first else other
                    return _any_of(op, read, keys, is_first)
        return call(op, one, other)

    def keys_said(self, asked: Node, said: Expression) -> list[str]:
        """Return the keys a literal stands for, where the choices asked about got other keys."""
        if said.op != "value":
            return []
        draft = self.draft_of(asked)
        if draft is None or draft.choices is None:
            return []
        name = as_text(said.value)
        keys = draft.choices.keys(name)
        return keys if keys != [name] else []


def _any_of(op: Op, read: Expression, keys: list[str], is_first: bool) -> Expression:
    each = [
        call(op, read, literal(key)) if is_first else call(op, literal(key), read) for key in keys
    ]
    if len(each) == 1:
        return each[0]
    return call("all" if op == "is_not" else "any", *each)
