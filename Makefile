# Every target works alone, first thing, on a machine with Python 3.10 or later, pip and make.
PYTHON ?= python3
BIN := .venv/bin
PY := $(BIN)/python

.PHONY: run test check format lint types docs debian clean

run: .venv/app  ## install what the app needs and start it on http://127.0.0.1:7860
	@$(PY) app.py

test: .venv/dev  ## install what the tests need and run them all
	@$(PY) -m pytest -n 2

check: .venv/dev format lint types docs test  ## everything that must be green

format: .venv/dev
	@$(BIN)/ruff format --check .

lint: .venv/dev
	@$(BIN)/ruff check .

types: .venv/dev
	@$(BIN)/mypy

docs: .venv/dev  ## are the parts of the documents that come from the code up to date?
	@$(PY) -m cogapp --check --diff README.md docs/*.md

docs-write: .venv/dev  ## bring them up to date
	@$(PY) -m cogapp -r README.md docs/*.md

debian:  ## the browser and the database server that some tests use (Debian, as root)
	@apt-get update -qq && apt-get install -y -qq chromium postgresql

.venv/bin/python:
	@$(PYTHON) -m venv .venv

.venv/app: requirements.txt | .venv/bin/python
	@echo "Installing what the app needs (once) …"
	@$(PY) -m pip install -q -r requirements.txt
	@touch $@

.venv/dev: requirements.txt requirements-dev.txt | .venv/bin/python
	@echo "Installing what the tests need (once) …"
	@$(PY) -m pip install -q -r requirements-dev.txt
	@touch $@ .venv/app

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
