"""No page, style or script asks another host for anything, or carries style or script inline."""

import ast
import re

from tests.conventions.sources import files, lines_with, modules, name_of, nothing, tree_of

#: What opens a connection to another machine.
WAYS_OUT = (
    *("urllib.request", "http.client", "socket", "ssl", "smtplib", "ftplib", "asyncio"),
    *("requests", "httpx", "aiohttp", "urllib3", "websocket"),
)
#: Names of XML languages; nothing is fetched from them.
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")
ADDRESS = re.compile(r"""(?:https?:)?//[\w-]+(?:\.[\w-]+)+[^\s"'<>)]*""")
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|href\s*=\s*[\"']javascript:"
    r"|<script(?![^>]*\b(?:src=|type=\"application/json\"))",
    re.IGNORECASE,
)
#: What Jinja replaces; a macro may well have an argument called style.
JINJA = re.compile(r"{%.*?%}|{#.*?#}", re.DOTALL)
#: A link to follow is no request; but it is named here, so that each is meant.
LINKS: tuple[str, ...] = ()


def test_no_third_party_request():
    found = []
    for kind in ("*.html", "*.css", "*.js", "*.svg"):
        for path in files(kind):
            for place, line in lines_with(path):
                for address in ADDRESS.findall(line):
                    if not address.startswith((*NAMESPACES, *LINKS)):
                        found.append(f"{place}: {address}")
    nothing(found, "Nothing comes from another host:")


def test_no_inline_style_or_script():
    found = [
        f"{name_of(path)}: {match.group(0)}"
        for path in [*files("*.html"), *files("*.svg")]
        for match in INLINE.finditer(JINJA.sub("", path.read_text(encoding="utf-8")))
    ]
    nothing(found, "The content security policy forbids inline style and script:")


def test_templates_escape_everything():
    found = [
        f"{place}: {line.strip()}"
        for path in files("*.html")
        for place, line in lines_with(path)
        if re.search(r"\|\s*safe\b|autoescape\s+false", line)
    ]
    nothing(found, "Make Markup in Python, where it can be tested, never with |safe:")


def test_scripts_write_no_html():
    found = [
        f"{place}: {line.strip()}"
        for path in files("*.js")
        for place, line in lines_with(path)
        if re.search(
            r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function)\b",
            line,
        )
    ]
    nothing(found, "Use textContent and elements:")


def test_x32_nothing_in_the_house_can_ask_another_host():
    """No mail, no web hook, no map service, so far; what comes to need one asks for it by name."""
    found = [
        f"{name_of(path)}: {name}"
        for path in modules()
        for name in _imported(tree_of(path))
        if name.startswith(WAYS_OUT)
    ]
    nothing(found, "Ask other hosts through one door, with a list of those that are set up:")


def test_x07_no_program_is_started_with_words_of_a_request():
    """The command line alone starts processes: itself."""
    found = [
        f"{name_of(path)}: {name}"
        for path in modules()
        for name in _imported(tree_of(path))
        if name.startswith(("subprocess", "pty", "multiprocessing"))
        and name_of(path) != "engage/cli/serving.py"
    ]
    nothing(found, "Start no program from a page:")


def _imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
