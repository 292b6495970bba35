# Two commands on a fresh machine: make demo, make test. Everything else is a part of them.
UV ?= uv
RUN = $(UV) run --frozen --all-extras
DEMO = build/demo

.PHONY: setup demo test check proof catalogues clean

setup:            ## install everything in .venv
	@.ci/setup

demo: setup       ## the reference study, from its folder to its report
	$(RUN) croisee run examples/etude-de-reference --out $(DEMO)

check: setup      ## style, types, contracts, catalogues
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports

test: check       ## everything, with seeded samples of the long bars
	$(RUN) pytest -n 2 -m "not proof"
	.ci/without-django

proof: setup      ## the full bars; commit what lands in docs/proof/
	$(RUN) pytest -m proof

catalogues:       ## gather the French strings, update and compile both catalogues
	$(RUN) python .ci/catalogues.py

clean:
	rm -rf build .venv .mypy_cache .ruff_cache .pytest_cache
