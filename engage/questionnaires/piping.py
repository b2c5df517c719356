"""Earlier answers inside later texts: `${key}` becomes a place that server and phone fill in."""

from collections.abc import Callable, Mapping

import regex
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

#: key of a question → its answer in words, empty while it has none.
Words = Callable[[str], str]
PIPE = regex.compile(r"\$\{([A-Za-z_][A-Za-z0-9_-]{0,63})\}")
#: Stands where an answer is not known yet.
GAP = "…"


def nothing_known(_key: str) -> str:
    """Return no words: on a page that is the same for everybody."""
    return ""


def piped_text(text: str, words: Words) -> str:
    """Return a text with the answers put in, for reviews, downloads and messages."""
    filled: str = PIPE.sub(lambda found: words(found[1]) or GAP, text)
    return filled


def piped_html(text: str, words: Words = nothing_known) -> Markup:
    """Return a text as HTML in which each answer can be filled in again while it changes.

    A plain span, not `<output>`: that would be announced on each change and may not be in a label.
    """
    parts = PIPE.split(text)
    made = Markup("")
    for index, part in enumerate(parts):
        if index % 2 == 0:
            made += escape(part)
        else:
            put = words(part) or GAP
            made += Markup('<span data-pipe="{}">{}</span>').format(part, put)
    return made


@pass_context
def piped(context: Context, text: Mapping[str, str] | str, language: str = "") -> Markup:
    """Filter of templates: `{{ choice.label|piped(language) }}`; the frame sets `words_of`."""
    chosen = text if isinstance(text, str) else text.get(language, "")
    words: Words = context.get("words_of", nothing_known)
    return piped_html(chosen, words)
