# Everything that the portal needs is Python 3.11 or newer and make; uv is used where it is there.
.DELETE_ON_ERROR:
.PHONY: demo demo-reset test lint venv

PORT ?= 5000
TESTS ?= tests
BIN := .venv/bin

demo: venv
	$(BIN)/portal demo --port $(PORT)

demo-reset:
	rm -rf instance/demo

# Browser tests are skipped, with a line that says so, where there is no Chromium.
test: venv
	$(BIN)/python -m pytest -n auto --dist loadgroup $(TESTS)

lint: venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

venv: .venv/installed

.venv/installed: constraints.txt pyproject.toml
	python3 -m venv .venv
	uv pip install -q --python $(BIN)/python --require-hashes -r constraints.txt 2>/dev/null \
	  || $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
