# Everything that a developer or an operator types. `make help` lists it.
PYTHON ?= python3
VENV := .venv
LETTERS ?= ../shared/data/letters-dev.jsonl
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test lint bench bench-nlp screenshots clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(VENV)/.runtime: requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

run: $(VENV)/.runtime ## Serve at http://127.0.0.1:8080 with the simulator on
	BOT_SIMULATOR__ENABLED=$${BOT_SIMULATOR__ENABLED:-true} $(BIN)/python -m bot serve

test: $(VENV)/.dev ## Run every test: both databases and a real browser
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/.dev ## Style, types and the arrows between the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev ## Measure start-up, answer time and the replay of messages
	$(BIN)/python -m benchmarks

screenshots: $(VENV)/.dev ## Take the pictures in docs/images again, in a real browser
	$(BIN)/python -m tests.browser.screenshots

bench-nlp: $(VENV)/.dev ## Score the understanding of letters: make bench-nlp LETTERS=letters.jsonl
	$(BIN)/python -m benchmarks.nlp --letters $(LETTERS)

clean: ## Remove what can be made again
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build *.egg-info
