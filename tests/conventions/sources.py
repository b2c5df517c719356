"""What the guard tests read: the house's own files, parsed once."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "engage"


def files(pattern: str, folder: Path = PACKAGE) -> list[Path]:
    """Return the files below a folder, in order."""
    return sorted(path for path in folder.rglob(pattern) if "__pycache__" not in path.parts)


def name_of(path: Path) -> str:
    """Return a path as it is written in a report."""
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def modules() -> list[Path]:
    """Return every Python file of the app."""
    return [ROOT / "config.py", ROOT / "wsgi.py", *files("*.py")]


def modules_of_tests() -> list[Path]:
    """Return every Python file of the tests."""
    return files("*.py", ROOT / "tests")


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function of a module, nested ones too."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_with(path: Path) -> Iterator[tuple[str, str]]:
    """Return each line of a file with its place."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        yield f"{name_of(path)}:{number}", line


def nothing(findings: list[str], rule: str) -> None:
    """Fail with the rule and everything that breaks it."""
    assert not findings, f"{rule}\n" + "\n".join(findings)
