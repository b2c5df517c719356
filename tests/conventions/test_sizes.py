"""What cannot be taken in at a glance is split: files, functions, templates and tests."""

from pathlib import Path

from tests.conventions.sources import files, functions, modules, modules_of_tests, name_of, nothing

LONGEST = {
    "module": 300,
    "function": 40,
    "template": 150,
    "style sheet or script": 300,
    "test": 400,
}


def _too_long(kind: str, paths: list[Path]) -> list[str]:
    counted = [(path, len(path.read_text(encoding="utf-8").splitlines())) for path in paths]
    return [f"{name_of(path)}: {lines}" for path, lines in counted if lines > LONGEST[kind]]


def test_no_module_is_longer_than_300_lines():
    nothing(_too_long("module", modules()), "Split into a folder of the same name:")


def test_no_function_is_longer_than_40_lines():
    long = [
        f"{name_of(path)}: {function.name} has {lines} lines"
        for path in modules()
        for function in functions(path)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > LONGEST["function"]
    ]
    nothing(long, "Split the function:")


def test_no_template_is_longer_than_150_lines():
    nothing(_too_long("template", files("*.html")), "Split into parts or macros:")


def test_no_style_sheet_or_script_is_longer_than_300_lines():
    found = _too_long("style sheet or script", [*files("*.css"), *files("*.js")])
    nothing(found, "Split by task:")


def test_no_test_file_is_longer_than_400_lines():
    nothing(_too_long("test", modules_of_tests()), "Split by what is claimed:")
