# Every target works in a fresh clone: the first one that needs it creates .venv.
STACK ?= prod
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup preview audit up test browser cluster vault lint bench schema forced inventory picture lock clean

help: ## what can be made here
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.run ## the environment of the program (.venv)

preview: .venv/.run ## what `pulumi up` would do, offline; STACK= AGAINST= ALL=1 DIFF=1 JSON=1 ENGINE=pulumi
	@$(BIN)/python -m toolkit preview $(STACK) $(if $(AGAINST),--against "$(AGAINST)") \
		$(if $(ALL),--all) $(if $(DIFF),--diff) $(if $(JSON),--json) $(if $(ENGINE),--engine "$(ENGINE)")

audit: .venv/.run ## the auditors' report, as HTML and JSON; STACK= or STATE=, SINCE= OUT= IN=en
	@$(BIN)/python -m toolkit audit $(if $(STATE),--state "$(STATE)",$(STACK)) \
		$(if $(SINCE),--since "$(SINCE)") $(if $(OUT),--out "$(OUT)") $(if $(IN),--lang $(IN))

up: .venv/.run ## the real engine on a real cloud; STACK=
	@$(BIN)/python -m toolkit up $(STACK)

test: .venv/.test lint browser cluster ## lint, types and every test
	@$(BIN)/python -m pytest -n 4 --dist loadgroup

browser: ## installs the browser in which the report is tested, where it can (Debian, root)
	@sh tests/browser/install

cluster: .venv/.run ## builds the Kubernetes control plane of the tests, once for all checkouts; needs Go
	@$(BIN)/python -m tests.cluster.plane.build

vault: .venv/.test ## builds the Vault that its tests ask, which are skipped without it; needs Go and time
	@$(BIN)/python -m tests.vault

lint: .venv/.test ## ruff and ty
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/ty check --quiet

bench: .venv/.test ## how long the preview takes, over what it could take at least
	@$(BIN)/python -m tests.bench

schema: .venv/.run ## settings/schema.json, from settings/model.py
	@$(BIN)/python -m settings.schema

forced: .venv/.run ## which inputs force a replacement, from the pinned provider; needs `pulumi`
	@$(BIN)/python -m toolkit.forced

inventory: .venv/.test ## the golden graphs, reports and README outputs, from the program as it is
	@$(BIN)/python -m pytest -q tests/settings/test_invalid.py tests/stacks/test_inventory.py tests/test_readme.py --update

picture: .venv/.test browser ## docs/audit.png, from prod's report as it is
	@$(BIN)/python -m tests.browser.picture

lock: .venv/bin/python ## requirements*.txt with hashes, from pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --extra dev pyproject.toml -o requirements-dev.txt

clean: ## remove .venv and caches
	@rm -rf .venv .pytest_cache .ruff_cache .hypothesis

.venv/bin/python:
	@echo "creating .venv" >&2
	@$(PYTHON) -m venv .venv

.venv/.run: requirements.txt | .venv/bin/python
	@echo "installing what the program needs" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.test: requirements-dev.txt .venv/.run | .venv/bin/python
	@echo "installing what the tests need" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
