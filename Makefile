# The words people and CI use. Each calls one program; nothing is decided here.
# `make help` lists them. RUN_DIR chooses the folder of a running stack (default .run/).
PYTHON ?= python3
STACK = $(PYTHON) deploy/local/stack.py
VENV = .venv/bin/python
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help install run test lint fix schema e2e bench soak screenshots evaluate personas verify superuser manage lock

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

run: ## Install what is missing and start everything; the last line is the address
	@exec $(STACK) run

test: ## Install likewise and run every check; PARTS=lint,backend runs some
	@exec $(STACK) test --parts "$(PARTS)"

install: ## Install what run and test need, start nothing
	@exec $(STACK) install --tests

lint: ## Style, types, direction of imports, message catalogues
	@exec $(STACK) test --parts lint,web-lint,messages

fix: ## Mend what the formatters and linters can mend
	@exec $(STACK) fix

schema: ## Write contracts/openapi.yaml and the generated TypeScript types
	@exec $(STACK) schema

e2e: ## Browser journeys against a fresh stack; ARGS are passed to pytest
	@exec $(STACK) with-stack -- $(VENV) -m pytest e2e $(ARGS)

bench: ## Timings side by side with peers; ARGS are passed on
	@exec $(STACK) services --tests --prepare -- $(VENV) -m bench $(ARGS)

soak: ## The long forms: storms, crashes, fuzzing
	@exec $(STACK) test --parts soak

screenshots: ## Pictures of every screen of a fresh stack; OUT is the folder
	@exec $(STACK) with-stack -- $(VENV) e2e/screenshots.py $(if $(OUT),"$(OUT)")

evaluate: ## KIND=numbers FILE=lines.jsonl [OUT=answers.jsonl]: score the product's own code
	@exec $(STACK) services --with postgres,redis --prepare -- $(VENV) backend/manage.py evaluate --kind "$(KIND)" --file "$(FILE)" $(if $(OUT),--out "$(OUT)")

personas: ## FILE=personas.jsonl [OUT=folder] [STRICT=1]: whole stories against a fresh stack
	@exec $(STACK) with-stack --cases 0 -- $(VENV) e2e/personas.py --file "$(FILE)" $(if $(OUT),--out "$(OUT)") $(if $(STRICT),--strict)

verify: ## FILE=letter.pdf: judge a signature (CMS, XML, PDF, evidence package); ARGS are passed to bin/verify
	@exec bin/verify "$(FILE)" $(ARGS)

superuser: ## Make an administrator in the running stack
	@exec $(STACK) manage createsuperuser

manage: ## ARGS="command": a management command in the running stack
	@exec $(STACK) manage $(ARGS)

lock: ## Compile requirements/*.in to hashed files
	@exec deploy/local/lock.sh
