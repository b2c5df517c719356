"""X-06: the list of what an installation consists of is the lock file, in CycloneDX."""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def made(folder):
    command = [sys.executable, ROOT / ".ci" / "sbom.py", folder / "sbom.json"]
    subprocess.run(command, check=True, capture_output=True)
    return (folder / "sbom.json").read_text()


def test_x06_every_locked_library_is_listed_with_its_hashes(tmp_path):
    told = json.loads(made(tmp_path))
    lock = (ROOT / "requirements.lock").read_text()
    names = re.findall(r"^([\w.-]+)[^=\n]*==([^\s\\]+)", lock, re.MULTILINE)
    assert [(one["name"], one["version"]) for one in told["components"]] == sorted(names)
    hashes = [one["content"] for part in told["components"] for one in part["hashes"]]
    assert sorted(hashes) == sorted(re.findall(r"sha256:([0-9a-f]{64})", lock))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert told["metadata"]["component"]["name"] == "engage"


def test_x06_the_same_lock_file_gives_the_same_list(tmp_path):
    assert made(tmp_path) == made(tmp_path)
