"""What the documents name is there: links, settings, make targets, dependencies, decisions."""

import re
import runpy
import tomllib
from importlib import metadata

from tests.conventions.sources import ROOT, files, name_of, nothing

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *files("*.md", ROOT / "docs")]
DEPLOY = ROOT / "docs" / "deploy.md"
FREE = re.compile(r"MIT|BSD|Apache|ISC|LGPL|Lesser General|MPL|Mozilla|Python Software|PSF")
#: Libraries whose packages state no licence; read in their sources.
LOOKED_UP = {"huey": "MIT", "pyxform": "BSD-2-Clause"}


def test_links_lead_somewhere():
    broken = [
        f"{name_of(path)}: {target}"
        for path in DOCUMENTS
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    nothing(broken, "A link leads nowhere:")


def test_every_setting_is_documented():
    read = set(re.findall(r'"([A-Z]+_[A-Z_]+|[A-Z_]+_URL)"', (ROOT / "config.py").read_text()))
    read |= set(re.findall(r'environ\.get\("([A-Z_]+)"', (ROOT / "gunicorn.conf.py").read_text()))
    text = DEPLOY.read_text(encoding="utf-8")
    nothing([name for name in sorted(read) if f"`{name}`" not in text], "Say it in docs/deploy.md:")


def test_the_make_targets_that_documents_name_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        (name_of(path), target)
        for path in DOCUMENTS
        for target in re.findall(r"(?:`|^    |&& )make ([a-z]+)", path.read_text(), re.MULTILINE)
    }
    nothing(
        [f"{path}: make {one}" for path, one in sorted(named) if one not in targets], "No such:"
    )


def test_every_dependency_has_a_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    used = {
        re.split(r"[\[>=<]", one)[0]
        for one in project["dependencies"] + extras["redis"] + extras["dev"]
    }
    text = (ROOT / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")
    reasons = set(re.findall(r"^\| ([\w.-]+) \|", text, re.MULTILINE)) - {"library"}
    assert used == reasons, f"without reason: {used - reasons}; not used: {reasons - used}"


def test_every_decision_is_listed():
    folder = ROOT / "docs" / "decisions"
    text = (folder / "README.md").read_text(encoding="utf-8")
    there = {path.name for path in folder.glob("*.md")} - {"README.md"}
    assert there == set(re.findall(r"\]\(([\w-]+\.md)\)", text))


def test_the_licence_is_whole():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE")
    sections = re.findall(r"^  (\d+)\. \S", text, re.MULTILINE)
    assert sections == [str(number) for number in range(18)]
    assert "END OF TERMS AND CONDITIONS" in text


def test_x44_whoever_finds_a_weakness_learns_whom_to_tell_and_what_is_supported():
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "privately" in text
    assert re.search(r"^\| *version *\| *supported *\|", text, re.MULTILINE | re.IGNORECASE)
    assert re.search(r"within \w+ working days", text)


def test_t46_the_web_server_of_the_documents_keeps_no_traces_and_passes_what_is_needed():
    """P-19: what people copy from docs/deploy.md is as careful as we are."""
    server = re.search(r"^    server \{.*?^    \}", DEPLOY.read_text(), re.DOTALL | re.MULTILINE)
    told = {" ".join(line.split()) for line in server[0].splitlines()}
    assert {"access_log off;", "error_log /dev/null;", "client_max_body_size 16m;"} <= told
    passed = {line for line in told if line.startswith("proxy_set_header")}
    assert passed == {
        "proxy_set_header Host $host;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
    }
    assert not [line for line in told if line.startswith("add_header")], "headers come from us"


def test_t46_gunicorn_is_set_up_to_keep_no_traces():
    """P-19, X-03: the settings that are really used."""
    told = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    assert told["accesslog"] is None
    assert told["umask"] == 0o077
    assert told["control_socket_disable"]
    assert told["timeout"] <= 60
    assert told["max_requests"] > 0


def test_t45_every_library_may_be_used_in_free_software():
    """Licences as the installed libraries state them; none forbids what the AGPL allows."""
    pins = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    unclear = []
    for name in pins:
        stated = metadata.metadata(name)
        told = [stated.get("License-Expression") or "", (stated.get("License") or "")[:60]]
        told += [one for one in stated.get_all("Classifier") or [] if one.startswith("License")]
        if not FREE.search(" ".join(told)) and name not in LOOKED_UP:
            unclear.append(f"{name}: {told}")
    nothing(unclear, "Look up the licence:")
