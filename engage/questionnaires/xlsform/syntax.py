"""Reads the XPath of forms into a tree of its own words; what they mean is `meaning`'s business."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from engage.i18n.gettext import s_lazy
from engage.questionnaires.expressions import MAX_DEPTH
from engage.questionnaires.xlsform.cells import straight

_TOKEN = regex.compile(
    r"""\s*(?:
    (?P<ref>\$\{[^{}]*\})
    |(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<text>'[^']*'|"[^"]*")
    |(?P<name>[\p{L}_][\p{L}\p{M}\p{N}_.\-]*(?::[\p{L}_][\p{L}\p{M}\p{N}_.\-]*)?)
    |(?P<sign>!=|<=|>=|==|<|>|=|\+|-|\*|\(|\)|,|\[|\]|//|/|\.\.|\.|\||@)
    )""",
    regex.VERBOSE,
)
_LONGEST = 20_000
_COMPARED = {"=", "!=", "<", "<=", ">", ">="}
#: The words of what was chosen, looked up in the list as in a table.
_LABEL_OF_CHOICE = regex.compile(
    r"instance\(\s*['\"]([^'\"()]+)['\"]\s*\)/root/item\[\s*name\s*=\s*(\$\{[^{}]+\})\s*\]/label"
)
#: Words that stand alone for a truth, as people write them and spreadsheets keep them.
_TRUTHS = {"yes": "true", "true": "true", "no": "false", "false": "false"}
_SAME_SIGN = {"==": "=", "≠": "!=", "≤": "<=", "≥": ">=", "−": "-", "–": "-"}


class UntranslatableError(Exception):
    """Something that conditions here cannot say; `reason` is a lazy staff text."""

    def __init__(self, reason: object) -> None:
        super().__init__(str(type(reason)))
        self.reason = reason


@dataclass(frozen=True)
class Node:
    """One node: `kind` and what belongs to it.

    number (`value`) · text (`value`, `name` is the quotation mark) · ref, name (`name`) · here,
    parent, root · path (steps) · call (`name`, `args`) · compared, worked (sign `name`) · chain of
    `and` or `or` (`name`) · negative.
    """

    kind: str
    name: str = ""
    value: str | int | float = ""
    args: tuple["Node", ...] = ()
    depth: int = 1


def _node(kind: str, name: str = "", *args: Node) -> Node:
    depth = 1 + max((argument.depth for argument in args), default=0)
    if depth > MAX_DEPTH:
        raise _too_long()
    return Node(kind, name, args=args, depth=depth)


def _too_long() -> UntranslatableError:
    return UntranslatableError(s_lazy("It is too long. Split it into several calculations."))


def _not_understood(near: str) -> UntranslatableError:
    return UntranslatableError(s_lazy("It cannot be read near “%(near)s”.", near=near[:30]))


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            raise _not_understood(text[at:].strip())
        kind = str(found.lastgroup)
        yield _Token(kind, _SAME_SIGN.get(found[kind], found[kind]), found.start(kind))
        at = found.end()
    yield _Token("end", "", end)


def parse(text: str) -> Node:
    """Return the tree of an expression; raises UntranslatableError.

    Quotation marks and signs that word processors put in are tried as they stand first.
    """
    if len(text) > _LONGEST:
        raise _too_long()
    text = _LABEL_OF_CHOICE.sub(r"instance-label(\2, '\1')", text)
    if text.strip().lower() in _TRUTHS:
        return Node("call", _TRUTHS[text.strip().lower()])
    try:
        return _Parser(text).whole()
    except UntranslatableError as first:
        plain = straight(text)
        for sign, same in _SAME_SIGN.items():
            plain = plain.replace(sign, same)
        if plain == text:
            raise
        try:
            return _Parser(plain).whole()
        except UntranslatableError:
            raise first from None


class _Parser:
    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.at, self.open = text, list(_tokens(text)), 0, 0

    def whole(self) -> Node:
        if self.next.kind == "end":
            raise UntranslatableError(s_lazy("It is empty."))
        node = self.chain("or")
        if self.next.kind != "end":
            raise self.stopped()
        return node

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def stopped(self) -> UntranslatableError:
        return _not_understood(self.text[self.next.at :] or self.text[-30:])

    def take(self) -> _Token:
        token = self.next
        self.at += 1
        return token

    def skip(self, sign: str) -> bool:
        found = self.next.kind == "sign" and self.next.text == sign
        self.at += found
        return found

    def expect(self, sign: str) -> None:
        if not self.skip(sign):
            raise self.stopped()

    def word(self, *words: str) -> str:
        """Take an operator written as a word; authors write `AND` as well."""
        word = self.next.text.lower()
        if self.next.kind == "name" and word in words:
            self.at += 1
            return word
        return ""

    def chain(self, word: str) -> Node:
        operands = [self.operand_of(word)]
        while self.word(word):
            operands.append(self.operand_of(word))
        return _node("chain", word, *operands) if len(operands) > 1 else operands[0]

    def operand_of(self, word: str) -> Node:
        return self.chain("and") if word == "or" else self.compared()

    def compared(self) -> Node:
        node = self.added()
        while self.next.kind == "sign" and self.next.text in _COMPARED:
            sign = self.take().text
            node = _node("compared", sign, node, self.added())
        return node

    def added(self) -> Node:
        node = self.multiplied()
        while self.next.kind == "sign" and self.next.text in "+-":
            sign = self.take().text
            node = _node("worked", sign, node, self.multiplied())
        return node

    def multiplied(self) -> Node:
        node = self.signed()
        while True:
            sign = "*" if self.skip("*") else self.word("div", "mod")
            if not sign:
                return node
            node = _node("worked", sign, node, self.signed())

    def signed(self) -> Node:
        signs = 0
        while self.skip("-"):
            signs += 1
        is_literal = signs > 0 and self.next.kind == "number"
        node = self.number(-1) if is_literal else self.primary()
        for _sign in range(signs - is_literal):
            node = _node("negative", "", node)
        return node

    def number(self, sign: int) -> Node:
        text = self.take().text
        return Node("number", value=sign * (float(text) if "." in text else int(text)))

    def primary(self) -> Node:
        token = self.next
        if token.kind == "number":
            return self.number(1)
        if token.kind == "text":
            text = self.take().text
            return Node("text", text[0], text[1:-1])
        if token.kind == "name" and self.tokens[self.at + 1].text == "(":
            return self.path(self.call())
        if token.kind in {"ref", "name"} or token.text in {"/", "//", ".", ".."}:
            return self.path(None)
        self.go_in()
        node = self.chain("or")
        self.open -= 1
        self.expect(")")
        return self.path(node)

    def go_in(self) -> None:
        self.expect("(")
        self.open += 1
        if self.open > MAX_DEPTH:
            raise _too_long()

    def call(self) -> Node:
        name = self.take().text
        self.go_in()
        args: list[Node] = []
        while not self.skip(")"):
            if args:
                self.expect(",")
            args.append(self.chain("or"))
        self.open -= 1
        return _node("call", name.lower(), *args)

    def path(self, start: Node | None) -> Node:
        """Take steps between slashes; without any, what there is stands for itself."""
        steps = [start or self.first_step()]
        while self.next.text in {"/", "//", "["} and self.next.kind == "sign":
            if self.take().text == "[":
                raise UntranslatableError(
                    s_lazy("It picks entries with [ ], which conditions here cannot do.")
                )
            steps.append(self.step())
        return _node("path", "", *steps) if len(steps) > 1 else steps[0]

    def first_step(self) -> Node:
        if self.next.text in {"/", "//"}:
            return Node("root")
        return self.step()

    def step(self) -> Node:
        token = self.take()
        if token.kind == "ref":
            return Node("ref", token.text[2:-1].strip())
        if token.kind == "name":
            return Node("name", token.text)
        if token.text in {".", ".."}:
            return Node("here" if token.text == "." else "parent")
        self.at -= 1
        raise self.stopped()
