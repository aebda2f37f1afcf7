# The one door to every job. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PORT ?= 8080
ARGS ?=
SEED ?=
COUNT ?=
BINARY := .build/release/understudy
# One file that needs no other: it starts in two thirds of the time of one that looks for its libraries, and holds 3 MiB
# less. The linker of LLVM aligns it so that a megabyte less of it is read.
RELEASE := swift build -c release --product understudy -Xswiftc -static-executable -Xswiftc -use-ld=lld

.PHONY: help
help: ## Lists these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: deps
deps: ## Installs libsqlite3-dev where it is missing and we may
	@bash Tests/Checks/dependencies.sh libsqlite3-dev /usr/include/sqlite3.h

.PHONY: run
run: build ## Builds in release mode and serves on PORT (8080); ARGS are passed on
	@exec $(BINARY) serve --port $(PORT) $(ARGS)

.PHONY: build
build: deps ## Builds the release binary, .build/release/understudy
	@$(RELEASE)

.PHONY: test
test: deps ## Runs all tests
	@swift build --build-tests --quiet --explicit-target-dependency-import-check error
	@bash Tests/Checks/tests.sh

.PHONY: lint
lint: ## Checks the formatting and the style rules
	@swift format lint --strict --parallel --recursive Package.swift Sources Tests
	@bash Tests/Checks/house.sh

.PHONY: format
format: ## Formats every Swift file in place
	@swift format --in-place --parallel --recursive Package.swift Sources Tests

.PHONY: tsan
tsan: deps ## Runs the tests under the thread sanitizer
	@bash Tests/Checks/sanitize.sh thread

.PHONY: asan
asan: deps ## Runs the tests under the address sanitizer
	@bash Tests/Checks/sanitize.sh address

.PHONY: fuzz
fuzz: deps ## Fuzzes the parser, JSON and the server; SEED repeats a run, COUNT sets its length
	@SEED="$(SEED)" COUNT="$(COUNT)" bash Tests/Fuzz/run.sh

.PHONY: size
size: build ## Checks the binary's size, memory and libraries against Tests/Checks/limits
	@bash Tests/Checks/size.sh $(BINARY)

.PHONY: contract
contract: build ## Replays every example of openapi/*.yaml against the server
	@bash Tests/Contract/run.sh $(BINARY)

.PHONY: conformance
conformance: build ## Lets Seam's SDK, clients generated from openapi/*.yaml and schemathesis use the server
	@bash Tests/Conformance/run.sh $(BINARY)

.PHONY: readme
readme: build ## Checks that what README.md shows is what the server says
	@bash Tests/Checks/readme.sh $(BINARY)

.PHONY: library
library: deps ## Runs the README's Swift test in a package that depends on this one
	@bash Tests/Checks/library.sh

.PHONY: verify
verify: deps ## All of `check` but the tests
	@bash Tests/Checks/lanes.sh tsan "asan bench-smoke" "lint build size readme library contract conformance"

.PHONY: check
check: test verify ## What CI runs: the tests and every other check

.PHONY: bench
bench: build wrk ## Measures the server beside a floor in C
	@bash Tests/Bench/run.sh $(BINARY)

.PHONY: bench-smoke
bench-smoke: build wrk ## Checks in half a minute that every load of bench works
	@bash Tests/Bench/run.sh $(BINARY) --smoke

.PHONY: wrk
wrk:
	@bash Tests/Checks/dependencies.sh wrk /usr/bin/wrk
	@bash Tests/Checks/dependencies.sh gcc /usr/bin/cc
	@bash Tests/Checks/dependencies.sh curl /usr/bin/curl

.PHONY: docker
docker: ## Builds the container image `understudy`
	@docker build -f docker/Dockerfile -t understudy .

.PHONY: clean
clean: ## Removes everything that was built
	@rm -rf .build
