# Everything goes through .venv, made from the hashed locks with nothing but python3 and make.
PYTHON ?= python3
PORT ?= 8000
PY = .venv/bin/python
PIP = $(PY) -m pip --disable-pip-version-check install --quiet --no-compile --require-hashes

# Of all the modules that are installed a small part is used. These are compiled when they are first loaded, and that is
# kept, whatever the environment says of it.
export PYTHONDONTWRITEBYTECODE =

.PHONY: setup run test lint types pytest admin format lock clean

setup: .venv/made

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Newsroom needs Python 3.11 or newer, not " + sys.version)'
	$(PYTHON) -m venv .venv

.venv/made: requirements.lock | .venv/bin/python
	@echo "Installing the packages of the site into .venv; the first time that takes a minute or two."
	$(PIP) -r requirements.lock
	touch .venv/made

.venv/made-dev: requirements.lock requirements-dev.lock | .venv/bin/python
	$(PIP) -r requirements.lock -r requirements-dev.lock
	touch .venv/made .venv/made-dev

run: .venv/made
	@$(PY) manage.py run --port $(PORT)

admin: .venv/made
	$(PY) manage.py migrate --verbosity 0
	$(PY) manage.py createsuperuser

# What takes a moment comes first; then types and tests are checked beside each other.
test: lint
	$(MAKE) --no-print-directory --jobs 2 types pytest

lint: .venv/made-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	git ls-files -z -- 'templates/*.html' | xargs -0 .venv/bin/djade --check --target-version 5.2
	$(PY) manage.py makemigrations --check --dry-run

types: .venv/made-dev
	.venv/bin/mypy

# In one process more than there are cores, as they wait for the database and the browser.
pytest: .venv/made-dev
	$(PY) -m pytest --numprocesses $$(expr $$(nproc) + 1) --dist loadfile --no-loadscope-reorder

format: .venv/made-dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	git ls-files -z -- 'templates/*.html' | xargs -0 .venv/bin/djade --target-version 5.2 || true # 1: it changed something

# Needs `uv`; writes no index and no host.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
		--python-version 3.11 --extra postgres pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
		--python-version 3.11 --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
