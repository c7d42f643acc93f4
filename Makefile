# Avatar G. Needs Python 3.11 or newer and make, nothing else: `make run` serves it, `make test` proves it.
# Choose the Python with PYTHON=python3.12, the port of `make run` with PORT=8001.

PYTHON ?= python3
ARGS ?=
WORKERS ?= 3

SHELL := /bin/sh
PY := .venv/bin/python
MESSAGES := -l en -l ka --no-location --no-obsolete --ignore ".*" --ignore "tests/*" --ignore "stripe_sandbox/*" --ignore "benchmarks/*"
COMPILE := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

.DEFAULT_GOAL := help
.PHONY: help run manage test soak bench screenshots lint messages lock clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1 - \2/p' Makefile

run: .venv/run.stamp ## the whole product on http://localhost:8000 (PORT=8001 for another port); Ctrl-C ends it
	@$(PY) -m embedded.run

manage: .venv/run.stamp ## a management command with the settings of make run: make manage ARGS="audit"
	@$(PY) -m embedded.manage $(ARGS)

test: .venv/dev.stamp ## every test but the long ones: make test ARGS="tests/credits -x"
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal -m "not soak" $(ARGS)

soak: .venv/dev.stamp ## the long tests
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal -m soak $(ARGS)

bench: .venv/dev.stamp ## the ratios of the performance goals, written to benchmarks/results/
	@$(PY) -m benchmarks $(ARGS)

screenshots: .venv/dev.stamp ## pictures of every page in .local/screenshots/, and of the README in docs/screenshots/
	@$(PY) -m benchmarks.screenshots $(ARGS)

lint: .venv/dev.stamp ## style, types, layers, templates, migrations, known holes in packages
	@$(PY) -m tests.lint

messages: .venv/run.stamp ## collect what is to be translated into locale/, and compile it; needs GNU gettext
	@command -v xgettext >/dev/null || { echo "There is no GNU gettext here: install it (the package is called gettext)." >&2; exit 1; }
	@$(PY) -m embedded.manage makemessages $(MESSAGES)
	@$(PY) -m embedded.manage compilemessages --ignore .venv

lock: .venv/dev.stamp ## compile requirements*.in anew: make lock ARGS="--upgrade" for newer versions
	$(COMPILE) --no-emit-package pyaudio $(ARGS) requirements.in -o requirements.txt
	$(COMPILE) --no-emit-package pyaudio $(ARGS) requirements-dev.in -o requirements-dev.txt
	$(COMPILE) --no-deps $(ARGS) requirements-spec.in -o requirements-spec.txt
	$(COMPILE) --no-deps $(ARGS) requirements-models.in -o requirements-models.txt
	$(COMPILE) $(ARGS) requirements-uv.in -o requirements-uv.txt

clean: ## remove .venv and .local, the data of make run with it
	@"$(PYTHON)" -m embedded.clean
	@rm -rf .venv

.venv/run.stamp: requirements.txt requirements-models.txt requirements-uv.txt
	@$(CHECK_PYTHON)
	@"$(PYTHON)" embedded/install.py requirements.txt requirements-models.txt
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt requirements-spec.txt
	@"$(PYTHON)" embedded/install.py requirements.txt requirements-models.txt requirements-dev.txt requirements-spec.txt
	@touch $@

define CHECK_PYTHON
command -v "$(PYTHON)" >/dev/null || { echo "There is no $(PYTHON) here: install Python 3.11 or newer, or name it with PYTHON=…" >&2; exit 1; }; \
"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Avatar G needs Python 3.11 or newer, and $(PYTHON) is `"$(PYTHON)" --version 2>&1`. Name another: make run PYTHON=python3.12" >&2; exit 1; }
endef
