# The entry points of the project. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help book test execute check student assignment lint lock clean

PYTHON ?= python3
BIN := .venv/bin
PAGE := $(CURDIR)/_build/html/index.html

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

book: .venv/ready _build/notebooks  ## build the book, running every notebook whose code or package has changed
	$(BIN)/jupyter-book build book --config _config.yml --toc $(CURDIR)/_toc.yml --path-output . -W -n --keep-going
	@echo "The book is built. Open file://$(PAGE)"

test: .venv/ready  ## run every test: package, theorems, notebooks, site rules
	$(BIN)/python -m pytest

execute: .venv/ready  ## run every notebook again and store what it prints and draws
	$(BIN)/python tools/notebooks.py execute
	$(BIN)/python tools/first_picture.py

check: .venv/ready  ## run every notebook again and fail if one byte differs from what is stored
	$(BIN)/python tools/notebooks.py check
	$(BIN)/python tools/first_picture.py --check

student: .venv/ready  ## write student copies of the exercises, without solutions, to _build/student
	$(BIN)/python tools/exercises.py student

assignment: .venv/ready  ## make an nbgrader course of the exercises in _build/course
	$(BIN)/python tools/exercises.py assignment

lint: .venv/ready  ## check the style of code and notebooks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lock: .venv/ready  ## write requirements.txt anew from pyproject.toml (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-package posenc \
	  --extra test pyproject.toml -o requirements.txt

clean:  ## remove what the other targets made, the environment included
	rm -rf .venv _build build posenc.egg-info .pytest_cache .hypothesis .ruff_cache

# A saving of time only: what this step leaves out, the build runs by itself.
_build/notebooks: requirements.txt tools/notebooks.py $(shell find book posenc -name '*.ipynb' -o -name '*.py') | .venv/ready
	$(BIN)/python tools/notebooks.py cache
	@mkdir -p $(@D) && touch $@

# The environment is complete when its stamp is as new as the lock.
.venv/ready: requirements.txt
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or later is needed, this is ' + sys.version)"
	$(PYTHON) -m venv --clear .venv
	@echo "Installing the locked environment into .venv (a few minutes, once)"
	$(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
