"""Write what an installation consists of as a CycloneDX list: `make sbom`, from requirements.lock.

The same lock file gives the same bytes: there is no date and no serial number in it.
"""

import json
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def locked(lines: list[str]) -> dict[tuple[str, str], list[str]]:
    """Return the hashes of each locked package, by name and version."""
    found: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        if package := _PACKAGE.match(line):
            found[package[1], package[2]] = []
        elif (hashed := _HASH.search(line)) and found:
            found[next(reversed(found))].append(hashed[1])
    return found


def licences(name: str) -> list[dict[str, Any]]:
    """Return the licence a package names as an expression, nothing where it is not so clear."""
    try:
        told = metadata(name).json.get("license_expression")
    except PackageNotFoundError:
        return []
    return [{"expression": told}] if told else []


def component(name: str, version: str, hashes: list[str]) -> dict[str, Any]:
    """Return one package; the hashes are those of the files it may be installed from."""
    purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "hashes": [{"alg": "SHA-256", "content": one} for one in hashes],
    }
    if told := licences(name):
        made["licenses"] = told
    return made


def bill(root: Path = ROOT) -> dict[str, Any]:
    """Return the whole list."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    lines = (root / "requirements.lock").read_text().splitlines()
    name, version = project["name"], project.get("version", "0")
    purl = f"pkg:pypi/{name}@{version}"
    own = {"type": "application", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    parts = [component(*key, hashes) for key, hashes in sorted(locked(lines).items())]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": parts,
    }


if __name__ == "__main__":
    file = Path(sys.argv[1] if len(sys.argv) > 1 else "sbom.json")
    made = bill()
    file.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(f"{file}: {len(made['components'])} libraries\n")
