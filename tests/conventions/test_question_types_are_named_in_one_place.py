"""A question type is known to its own file alone: nobody else asks what type a question is."""

import ast
import re
from pathlib import Path

from tests.conventions.sources import PACKAGE, files, modules, name_of, nothing, tree_of

FOLDER = PACKAGE / "questionnaires" / "question_types"
#: The folder's own frame, which every type shares.
FRAME = {"__init__", "base"}
NAMES = {path.stem for path in FOLDER.glob("*.py")} - FRAME
#: Names that nothing else is called; a word such as "number" means other things as well.
TELLING = {name for name in NAMES if "_" in name}


def _outside(paths: list[Path]) -> list[Path]:
    return [path for path in paths if FOLDER not in path.parents]


def _asks_for_type(node: ast.Compare | ast.match_case) -> bool:
    asked = ast.unparse(node.left if isinstance(node, ast.Compare) else node.pattern)
    named = {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
    if isinstance(node, ast.Compare):
        others = " ".join(ast.unparse(part) for part in node.comparators)
        return bool(named & NAMES) and bool(re.search(r"\btype(_name)?\b", f"{asked} {others}"))
    return bool(named & TELLING)


def test_no_module_asks_what_type_a_question_is():
    found = []
    for path in _outside(modules()):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Compare | ast.match_case) and _asks_for_type(node):
                line = node.lineno if isinstance(node, ast.Compare) else node.pattern.lineno
                found.append(f"{name_of(path)}:{line}: compares a type")
            elif isinstance(node, ast.Constant) and node.value in TELLING:
                found.append(f"{name_of(path)}:{node.lineno}: names “{node.value}”")
    nothing(found, "Give QuestionType a face for it instead; its file answers:")


def test_no_module_imports_one_question_type():
    found = [
        f"{name_of(path)}:{node.lineno}: {node.module}"
        for path in _outside(modules())
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("engage.questionnaires.question_types.")
        and (node.module or "").split(".")[3] in NAMES
    ]
    nothing(found, "Loop over QUESTION_TYPES instead:")


def test_no_template_or_script_asks_what_type_a_question_is():
    named = "|".join(sorted(map(re.escape, NAMES))) or "-"
    telling = "|".join(sorted(map(re.escape, TELLING))) or "-"
    asks = re.compile(
        rf"""\btype(_name)?\s*(===?|!==?|in|not in)\s*[\[(]?\s*["']({named})["']"""
        rf"""|["'](?:{telling})["']"""
    )
    found = [
        f"{name_of(path)}: {match.group(0)}"
        for path in _outside([*files("*.html"), *files("*.js")])
        for match in asks.finditer(path.read_text(encoding="utf-8"))
    ]
    nothing(found, "Choose a template by the type's name, or give QuestionType a face for it:")


def test_every_file_of_the_folder_is_one_type():
    for name in sorted(NAMES):
        classes = [
            node
            for node in tree_of(FOLDER / f"{name}.py").body
            if isinstance(node, ast.ClassDef)
            and any(
                isinstance(part, ast.Assign | ast.AnnAssign) and f"'{name}'" in ast.unparse(part)
                for part in node.body
            )
        ]
        assert len(classes) == 1, f"{name}.py holds the type called “{name}” and no other"
