"""The three contracts of pyproject.toml hold, nothing imports in a circle or inside a function."""

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp

from tests.conventions.sources import ROOT, functions, modules, name_of, nothing


def test_the_import_contracts_are_kept():
    # In a process of its own: it switches off every logger it finds, those of other tests too.
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_no_module_imports_in_a_circle():
    graph = grimp.build_graph("engage", cache_dir=None)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as circle:
        raise AssertionError(" → ".join(reversed(circle.args[1]))) from None


def test_no_import_inside_a_function():
    inside = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    nothing(inside, "Import at the top; if that makes a circle, something is in the wrong room:")
