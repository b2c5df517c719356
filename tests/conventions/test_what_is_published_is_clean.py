"""X-02, X-06: no secret is committed, no host is locked, and what is locked is used."""

import re
import subprocess
import tomllib

from tests.conventions.sources import ROOT, nothing

SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{36}\b"
    r"|\bxox[abp]-\w{10,}|://[^/\s:@]+:[^/\s:@$%{]{8,}@"
)
UNFINISHED = re.compile(
    r"\b(?:TODO|FIXME|XXX|HACK)\b|\bfor now\b|\bsimplified version\b", re.IGNORECASE
)


def _committed():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    for name in filter(None, listed):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".xlsx", ".xls", ".png", ".jpg", ".webp"}:
            yield name, path.read_text(encoding="utf-8", errors="replace")


def test_no_secret_is_committed():
    found = [name for name, text in _committed() if SECRET.search(text)]
    nothing(found, "A secret comes from the environment:")


def test_nothing_is_left_for_later():
    own = "tests/conventions/test_what_is_published_is_clean.py"
    found = [
        f"{name}: {match.group(0)}"
        for name, text in _committed()
        if name.endswith((".py", ".html", ".js", ".css", ".md")) and name != own
        if (match := UNFINISHED.search(text))
    ]
    nothing(found, "Finish it, or open an issue and say nothing here:")


def test_lock_files_hold_hashes_and_no_host():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text, f"{name} names a host"
        assert "index-url" not in text
        pins = re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
        assert len(pins) > 20
        for block in re.split(r"\n(?=[\w.-]+(?:\[[\w,]+\])?==)", text)[1:]:
            assert "--hash=sha256:" in block, block.splitlines()[0]


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    for name, wanted in (
        ("requirements.lock", project["dependencies"] + extras["redis"]),
        ("requirements-dev.lock", project["dependencies"] + extras["dev"]),
    ):
        pins = {pin.lower() for pin in re.findall(r"^([\w.-]+)", (ROOT / name).read_text(), re.M)}
        asked = {re.split(r"[\[>=<]", one)[0].lower() for one in wanted}
        assert asked <= pins, f"{name} lacks {sorted(asked - pins)}: make lock"


def test_the_two_locks_agree():
    one, other = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert one.items() <= other.items(), dict(one.items() - other.items())
