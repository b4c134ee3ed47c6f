# Two commands matter: make run, make test. make help lists the rest.
PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= var
export PORT DATA_DIR

BOOT = $(PYTHON) clinic_site/local/bootstrap.py

.PHONY: help run test test-fast check audit bench bench-queue demo-data shell reset signoff messages lock format

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: ## set everything up and serve the site, the staff workspace and the worker
	@$(BOOT) local clinic_site.local.run

test: ## set everything up, browser included, and run the whole suite
	@$(BOOT) dev clinic_site.local.test $(ARGS)

test-fast: ## run the tests that need no database, no browser and no server: seconds
	@$(BOOT) dev clinic_site.local.test --fast $(ARGS)

check: ## lint, types, import direction, Spanish, migrations, deployment checks, stale documents
	@$(BOOT) dev clinic_site.local.check

audit: ## what needs Java, Node or much time: HTML validator, Lighthouse, the full accessibility grid
	@$(BOOT) dev deploy.audit

bench: ## measure weights, Lighthouse scores and serving speed beside rivals; prints tables
	@$(BOOT) dev bench

bench-queue: ## measure the staff's pages with ten thousand and a million requests, beside the stock admin
	@$(BOOT) dev bench.queue

demo-data: ## fill the database of a running `make run` with clearly fictional requests
	@$(BOOT) local clinic_site.local.command demo_data

shell: ## a Python shell with the models, on the database of a running `make run`
	@$(BOOT) local clinic_site.local.command shell

reset: ## move the data of `make run` aside (it is never deleted), so that the next one starts anew
	@$(BOOT) local clinic_site.local.reset

messages: ## bring the Spanish catalogue up to the code
	@$(BOOT) dev clinic_site.local.messages

signoff: ## print one sheet with every text, rule and drawing that somebody must sign, while `make run` runs
	@$(BOOT) local clinic_site.local.command signoff_sheet

format: ## format the code
	@$(BOOT) dev ruff format .

lock: ## renew the lock files from pyproject.toml
	@$(BOOT) dev clinic_site.local.lock
