# Two commands on a fresh machine: make demo, make test. The others are parts of them.
# Without Spark: 450 MB and a Java that few need; `make proof` asks for it.
RUN = .ci/uv run --frozen --all-extras --no-extra spark
DEMO = build/demo
SITE = build/site
# Set on some machines; every process would then compile each module again: half of its start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo test check proof no-network catalogues clean

setup:            ## install everything, in .venv
	@.ci/setup

demo: setup       ## run the reference study, then serve a site where it can be clicked through
	@rm -rf $(DEMO) $(SITE)
	@$(RUN) croisee run examples/etude-de-reference --out $(DEMO)
	@$(RUN) croisee-web demo examples/etude-de-reference --home $(SITE)

check: setup      ## style, types, contracts
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports

test: check       ## every check and test, with seeded samples of the long bars
	.ci/library -n 2 -m "not proof" tests/library
	$(RUN) pytest -n 2 --dist loadgroup -m "not proof" tests/architecture tests/web tests/journeys tests/trust
	CROISEE_TEST_DATABASE=postgresql $(RUN) pytest -n 2 --dist loadgroup -m "not proof and not browser" tests/web --ignore=tests/web/upkeep/test_upkeep_versions.py

proof: setup      ## the full bars; commit the tables they write in docs/proof/
	.ci/uv run --frozen --all-extras pytest -n 0 tests/library/dataset/test_engines.py
	$(RUN) pytest -m proof tests
	CROISEE_EXAMPLES=10 $(RUN) pytest -n 2 -m "not proof" tests/library
	CROISEE_TEST_DATABASE=postgresql $(RUN) pytest -m proof tests/web/upkeep
	CROISEE_TEST_DATABASE=postgresql $(RUN) pytest tests/web/upkeep/test_upkeep_versions.py
	CROISEE_LOOKS=all CROISEE_TEST_DATABASE=postgresql $(RUN) pytest -n 2 --dist loadgroup -m "browser and not proof" tests/web
	.ci/uv run --frozen --all-extras python benchmarks/proof.py

no-network: setup ## everything again where nothing can be reached
	.ci/no-network $(MAKE) test

catalogues:       ## gather the French strings, update both catalogues, compile them
	$(RUN) python .ci/catalogues.py

clean:
	rm -rf build .venv .uv .mypy_cache .ruff_cache .pytest_cache
