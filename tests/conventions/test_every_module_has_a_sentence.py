"""Every module says in one sentence what it is for."""

import ast

from tests.conventions.sources import ROOT, files, modules, name_of, nothing, tree_of


def test_every_module_has_a_sentence():
    silent = [
        name_of(path)
        for path in [
            *modules(),
            *files("*.py", ROOT / "tests"),
            *files("*.py", ROOT / "migrations"),
        ]
        if not (ast.get_docstring(tree_of(path)) or "").strip()
    ]
    nothing(silent, "A module begins with a sentence saying what it is for:")
