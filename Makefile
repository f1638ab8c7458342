# The front door. `make` alone says what there is.

# Where a machine says that Python keeps no bytecode, each of the hundreds of processes that tests start would compile
# Django anew: more than five seconds instead of two.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help demo check test browser chaos format messages bench wheel

help:            ## this list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

demo:            ## the house with the demo insurer, at http://localhost:8000
	scripts/uv run --frozen firsthand demo

check: format-check types test ## everything that must be true, but the browser

test:            ## pure and room tests on the embedded PostgreSQL
	scripts/uv run --frozen pytest -q -n $${FIRSTHAND_TEST_PROCESSES:-2} --dist worksteal

browser:         ## real Chromium, real calls (apt-get install chromium)
	scripts/uv run --frozen pytest -q -m browser -n $${FIRSTHAND_TEST_PROCESSES:-2} --dist worksteal

chaos:           ## whole houses, and parts of them killed
	scripts/uv run --frozen pytest -q -m chaos -n $${FIRSTHAND_TEST_PROCESSES:-2} --dist loadfile

format:          ## put the code in order
	scripts/uv run --frozen ruff format .
	scripts/uv run --frozen ruff check --fix .

.PHONY: format-check types
format-check:
	scripts/uv run --frozen ruff format --check .
	scripts/uv run --frozen ruff check .

types:
	scripts/uv run --frozen mypy

messages:        ## collect the sentences to translate (Debian: gettext is not needed)
	scripts/uv run --frozen python scripts/messages.py

bench:           ## figures as ratios against a rival or a limit of the same run
	scripts/uv run --frozen python -m tests.bench $(ONLY)

wheel:           ## a wheel with compiled catalogues
	scripts/uv build --wheel
