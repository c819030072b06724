# make demo    train LeNet-5 on real digits, diagnose it, export it, serve it
# make test    run the tests
# make programs   test whole programs: trainings, experiments, notebooks
# make grid    what takes hours: convolutions and networks with oneDNN and without,
#              and each network's counts and gradients
# make lint    check style and types
# make docs    build the site, build/site/index.html
# make bench   measure the figures in bench/
# make test-matrix   test each Python with its lowest and newest versions

PYTHON ?= python3
PY = .venv/bin/python

.PHONY: demo test programs grid test-matrix lint docs bench
.DEFAULT_GOAL = demo

.venv/installed: setup.cfg pyproject.toml
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

demo: .venv/installed
	$(PY) recipes/train.py --overwrite

test: .venv/installed
	$(PY) -m pytest -n auto --dist worksteal -m "not program and not wide"

programs: .venv/installed
	$(PY) -m pytest -n auto --dist worksteal -m program

test-matrix: .venv/installed
	$(PY) -m nox

grid: .venv/installed
	GRID=all $(PY) -m pytest -n 2 tests/machines/test_grid.py \
		tests/machines/test_models.py
	$(PY) -m pytest -n auto --dist worksteal -m wide

lint: .venv/installed
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) tests/typing/make_tree.py
	$(PY) -m pyright

docs: .venv/installed
	$(PY) docs/site/build.py

bench: .venv/installed
	for script in bench/[a-z]*.py; do $(PY) $$script || exit 1; done
	$(PY) -m bench.doctor --write
