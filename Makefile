# formflow: `make demo` shows it working, `make test` checks everything. Both set themselves up.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo test check watch soak clean

demo: $(READY)
	@$(BIN)/formflow demo --folder demo

test: check
	@$(BIN)/pytest

check: $(READY)
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

# Kills formflow 500 times at random instants; about half an hour.
soak: $(READY)
	@$(BIN)/python tests/service/soak.py 500

watch: $(READY)
	@$(BIN)/formflow watch

# The environment is made anew only when the lock file or the project's own set-up changes.
$(READY): requirements-dev.lock pyproject.toml
	@echo "Setting up (once): a private environment in $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "formflow needs Python 3.11 or later; say which with: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { echo "Python could not make a private environment. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

clean:
	rm -rf $(VENV) demo
