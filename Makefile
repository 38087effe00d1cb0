# `make` alone lists the targets. Everything lives in .venv and _build; `make clean` removes _build.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
BOOK := _build/html/index.html

.DEFAULT_GOAL := help
.PHONY: help book chapter test offline bench-grading lab lint lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else f"Python 3.11, 3.12 or 3.13 is needed, and $(PYTHON) is {v[0]}.{v[1]}. Try: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --editable .
	@touch $@

book: $(READY) ## run what changed, build the book, print the page to open
	$(BIN)/nlpcourse run
	@# Sphinx warns about a page only when it reads it: after a failure it must read all of them again.
	$(BIN)/jupyter-book build . -W -n --keep-going --quiet || { rm -rf _build/.doctrees _build/html; exit 1; }
	@echo "Open $(CURDIR)/$(BOOK)"

chapter: $(READY) ## run one chapter: make chapter N=5_3
	@test -n "$(N)" || { echo "Which chapter? For example: make chapter N=5_3"; exit 2; }
	$(BIN)/nlpcourse run $(N)

test: book ## check everything that guards the project
	$(BIN)/nlpcourse links --check
	$(BIN)/nlpcourse check
	OMP_NUM_THREADS=1 $(BIN)/pytest --numprocesses 2 --dist loadfile --quiet

offline: $(READY) ## run every chapter as on Colab, on the offline samples, without any network
	@command -v bwrap > /dev/null || { echo "bubblewrap is needed to cut the network off: apt-get install bubblewrap"; exit 2; }
	@# Each notebook alone in an empty folder, with the package from its wheel beside the versions that Colab brings.
	$(BIN)/python tests/colab/environment.py _build/colab
	bwrap --dev-bind / / --unshare-net env -u NLPCOURSE_DATA NLPCOURSE_PYTHON=_build/colab/bin/python \
		$(BIN)/nlpcourse run --source sample --out _build/offline

bench-grading: $(READY) ## grade 200 made-up submissions, and say where the time goes
	$(BIN)/python tests/assignments/bench_grading.py

lab: $(READY) ## open JupyterLab on the notebooks
	$(BIN)/jupyter lab --notebook-dir notebooks

lint: $(READY) ## check style, without changing anything
	$(BIN)/ruff check
	$(BIN)/ruff format --check

lock: ## resolve the newest versions that fit together into requirements.lock
	$(PYTHON) -m venv --clear _build/lock
	_build/lock/bin/pip install --quiet "$$(grep '^torch==' requirements.lock)"
	_build/lock/bin/pip install --quiet '.[offline,authoring,classroom,test]'
	{ echo '# Written by `make lock` from pyproject.toml; do not edit.'; _build/lock/bin/pip freeze --exclude nlpcourse; } > _build/requirements.lock
	mv _build/requirements.lock requirements.lock

clean: ## remove everything that was built
	rm -rf _build
