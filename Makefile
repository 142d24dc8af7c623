# make demo · make test · make bench · make attack · make engines      (each sets up what it needs; the second time at once)

PYTHON ?= python3
BIN := .venv/bin
REPORT := qa-report/demo

.PHONY: help demo test attack bench engines wheel lint clean

help:
	@echo "make demo    check a sample campaign and write its report to $(REPORT)/report.html"
	@echo "make test    lint, types and tests"
	@echo "make attack  try hostile, unlucky and spoilt files on it, ten minutes or so"
	@echo "make engines install WebKit and Firefox, so that their tests run too"
	@echo "make bench   plant every defect, count what is found, measure the speed"
	@echo "make clean   remove what the others made"

demo: .venv/installed
	@$(BIN)/qa setup
	@echo "== Checking the sample campaign fixtures/spring-webinar-demo against its request"
	@QA_TODAY=2026-11-22 $(BIN)/qa run fixtures/spring-webinar-demo --report $(REPORT) --json $(REPORT)/result.json; code=$$?; \
	  if [ $$code -eq 1 ]; then echo "(It is held on purpose: a dozen mistakes are planted in it. Open the report.)"; else exit $$code; fi

test: .venv/developed lint
	@$(BIN)/qa setup
	@echo "== Tests (a readable report goes to build-out/tests.html)"
	@$(BIN)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=worksteal --durations=10 -rs \
	  --html=build-out/tests.html --self-contained-html

lint: .venv/developed
	@echo "== Style and types"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: .venv/developed
	@$(BIN)/qa setup
	@$(BIN)/python -m tests.bench

attack: .venv/developed
	@$(BIN)/qa setup
	@$(BIN)/python -m tests.attacks

engines: .venv/developed
	@$(BIN)/qa setup --engines

wheel: .venv/developed
	@sh tests/wheel.sh $(BIN)/python

.venv/installed: pyproject.toml
	@echo "== Installing into .venv (once)"
	@$(PYTHON) -c 'import sys; sys.exit("campaign-qa needs Python 3.11 or newer, and $(PYTHON) is %d.%d: try make PYTHON=python3.11" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing: on Debian and Ubuntu, apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/developed: .venv/installed
	@echo "== Installing the tools for tests (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv build build-out dist qa-report *.egg-info .mypy_cache .ruff_cache .pytest_cache
