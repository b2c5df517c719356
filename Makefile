# Engage. `make` alone lists what there is; everything else is the `engage` command.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo serve test check format bench coverage catalogues translations migration lock sbom browser

PORT ?= 8000
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
UV ?= $(shell command -v uv || echo $(VENV)/bin/uv)
BIN := $(VENV)/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
TEMPLATES = $(shell find engage -name '*.html')
#: What is linted, formatted and type-checked.
SOURCES := engage tests migrations config.py wsgi.py gunicorn.conf.py .ci/sbom.py $(wildcard benchmarks) $(wildcard translations/*.py)

help:  ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 16

install: $(VENV)/.installed catalogues  ## make the environment in .venv from requirements.lock

demo: export ENGAGE_BASE_URL := $(or $(ENGAGE_BASE_URL),http://127.0.0.1:$(PORT))
demo: install  ## try it: example neighbourhood on http://127.0.0.1:8000 (PORT=…); keeps what was entered
	@$(BIN)/engage db upgrade
	@$(BIN)/engage demo
	@exec $(BIN)/engage serve --worker --host 127.0.0.1 --port $(PORT)

serve: install  ## serve this installation as it is set up (docs/deploy.md), without the example
	@exec $(BIN)/engage serve --port $(PORT)

test: $(VENV)/.developing catalogues browser  ## run every test
	$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

coverage: $(VENV)/.developing catalogues browser  ## run every test and show what none of them ran
	$(BIN)/coverage run -m pytest $(ARGS)
	$(BIN)/coverage report

check: $(VENV)/.developing catalogues  ## formatting, lint, types, import rules, templates, guard tests
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(if $(TEMPLATES),$(BIN)/djlint --lint --check --quiet $(TEMPLATES))
	$(BIN)/pytest -q -p no:randomly tests/conventions

format: $(VENV)/.developing  ## rewrite Python and templates in the house format
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)
	$(if $(TEMPLATES),-$(BIN)/djlint --reformat --quiet $(TEMPLATES))

bench: $(VENV)/.developing catalogues  ## measure the figures of docs/performance.md (ROWS="P1 P2": only those)
	$(BIN)/python -m benchmarks $(ROWS)

translations: $(VENV)/.developing  ## gather the texts of the code into translations/ and compile
	$(BIN)/python translations/catalogues.py
	@$(MAKE) --no-print-directory catalogues

migration: $(VENV)/.developing  ## write a migration for what the models changed: make migration WHAT="add areas"
	@test -n "$(WHAT)" || { echo 'Say what changed: make migration WHAT="add areas"'; exit 2; }
	$(BIN)/engage db migrate --message "$(WHAT)"

lock: $(VENV)/.developing  ## write requirements*.lock anew from pyproject.toml
	@$(UV) --version >/dev/null || { echo "Install uv first: https://docs.astral.sh/uv/"; exit 1; }
	$(UV) pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --extra redis -o requirements.lock --custom-compile-command "make lock" --quiet
	$(UV) pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --extra redis --extra dev --constraint requirements.lock \
	  -o requirements-dev.lock --custom-compile-command "make lock" --quiet

sbom: $(VENV)/.installed  ## write what an installation consists of into sbom.json (CycloneDX)
	@$(BIN)/python .ci/sbom.py sbom.json

catalogues: $(CATALOGUES)

%.mo: %.po | $(VENV)/.installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Install Python 3.11 or newer first."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "$(PYTHON) is too old: Engage needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	  echo "Python lacks ensurepip; on Debian: apt-get install python3-venv"; \
	  test "$$(id -u)" = 0 && apt-get update -q && apt-get install -qy python3-venv; }
	$(PYTHON) -m venv $(VENV)

# Two stamps: what serving needs, and what developing needs on top.
$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.developing: requirements-dev.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# The journeys need a Chromium: Debian's where this is Debian and we may install, else Playwright's.
browser: $(VENV)/.developing
	@if command -v chromium >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && [ -f /etc/debian_version ]; then \
	  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends chromium; \
	else $(BIN)/playwright install chromium; fi
