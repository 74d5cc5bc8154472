# Kezhi 客制. `make help` lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
VERSION ?= $(shell sed -n 's/^## \[\([0-9][^]]*\)\].*/\1/p' CHANGELOG.md | head -1)
GOLANGCI := go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
NPM := npm --prefix web
WITHPG := go run ./test/withpg --
export CGO_ENABLED ?= 0

.PHONY: help
help: ## this list
	@grep -hE '^[a-z0-9-]+:.*?## ' $(MAKEFILE_LIST) | awk -F':.*?## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: build
build: web/dist/index.html bin ## bin/kezhi, complete with the web UI

.PHONY: bin
bin:
	@mkdir -p bin
	go build -trimpath -ldflags "-s -w -X kezhi/internal/app.Version=$(VERSION)" -o bin/kezhi ./cmd/kezhi

WEB_SOURCES := $(shell find web/src web/public web/scripts web/index.html web/vite.config.ts web/package.json -type f 2>/dev/null)

web/node_modules/.installed: web/package-lock.json
	$(NPM) ci --no-audit --no-fund
	@touch $@

web/dist/index.html: web/node_modules/.installed $(WEB_SOURCES)
	$(NPM) run build
	@touch web/dist/.gitkeep

.PHONY: web
web: web/dist/index.html ## build the web UI only

.PHONY: demo
demo: build ## build everything, load the demo, serve it and print address and logins
	bin/kezhi demo

.PHONY: dev
dev: web/node_modules/.installed bin ## server on 8080 and the web UI with hot reload on 5173
	@bin/kezhi demo --load-only --data tmp/dev >/dev/null 2>&1 || true
	@trap 'kill 0' EXIT; bin/kezhi serve --data tmp/dev & $(NPM) run dev

.PHONY: gen
gen: web/node_modules/.installed ## api/openapi.json, the TypeScript types, the rulebook schema
	@mkdir -p api
	go run ./cmd/kezhi openapi > api/openapi.json
	go run ./cmd/kezhi rulebook schema > api/rulebook.schema.json
	$(NPM) run gen

.PHONY: gen-check
gen-check: gen ## fail when a generated file is not what its source gives
	git diff --exit-code --stat -- api web/src/api

.PHONY: lint
lint: web/node_modules/.installed ## Go and web linters, types, messages in both languages
	@test -z "$$(gofmt -l cmd internal rulebooks bench test)" || { gofmt -l cmd internal rulebooks bench test; exit 1; }
	$(GOLANGCI) run ./...
	$(NPM) run lint
	$(NPM) run typecheck
	$(NPM) run check-messages

.PHONY: test
test: build test-go test-web smoke e2e ## all tests: Go on SQLite and PostgreSQL, web, smoke run of the binary, browser

.PHONY: test-go
test-go: postgres poppler web/dist/index.html ## Go tests on SQLite and on a PostgreSQL of their own
	$(WITHPG) go test -vet=off -shuffle=on -timeout 20m ./... # vet is part of lint

.PHONY: test-web
test-web: web/node_modules/.installed ## web unit tests
	$(NPM) run test

.PHONY: smoke
smoke: build ## the real binary through the command line and HTTP
	go test -count=1 -tags smoke ./test/smoke

.PHONY: crash
crash: build postgres ## kill the real server 50 times under a mixed load, on both databases; about three minutes
	$(WITHPG) go test -count=1 -tags crash -timeout 10m -v ./test/crash

.PHONY: crash-long
crash-long: build postgres ## the same with 500 kills
	KEZHI_CRASH_KILLS=500 KEZHI_CRASH_SECONDS=3600 $(WITHPG) go test -count=1 -tags crash -timeout 150m -v ./test/crash

.PHONY: e2e
e2e: build chromium ## browser journeys in Chromium
	$(NPM) run e2e

.PHONY: race
race: postgres ## Go tests with the race detector (needs a C compiler)
	CGO_ENABLED=1 $(WITHPG) go test -race -timeout 60m -shuffle=on ./internal/...

.PHONY: fuzz
fuzz: ## fuzz every parser for FUZZTIME each (default 20s)
	@for pkg in $$(grep -rl --include='*_test.go' '^func Fuzz' internal | xargs -n1 dirname | sort -u); do \
	  for f in $$(grep -hoE '^func Fuzz[A-Za-z0-9_]+' $$pkg/*_test.go | sed 's/func //'); do \
	    go test ./$$pkg -run '^$$' -fuzz "^$$f$$" -fuzztime $${FUZZTIME:-20s}; done; done

.PHONY: leaks
leaks: postgres web/dist/index.html ## nobody learns or changes what is not theirs: every operation of the API, both databases
	LEAKS=whole $(WITHPG) go test -count=1 -timeout 60m ./test/leaks -run TestNobody -v

.PHONY: fuzz-api
fuzz-api: postgres web/dist/index.html ## random input to every operation of the API: FUZZ requests each (default 200) made from FUZZ_SEED
	FUZZ=$${FUZZ:-200} $(WITHPG) go test -count=1 -timeout 60m ./test/leaks -run TestNoInput -v

.PHONY: supply
supply: ## licences, bill of materials (bin/kezhi.cdx.json) and known vulnerabilities of everything built in
	go run ./test/supply --sbom bin/kezhi.cdx.json

.PHONY: bench
bench: build postgres ## the figures of the product as ratios against a baseline in the same run
	$(WITHPG) go run ./bench

.PHONY: ci
ci: gen-check lint supply test ## everything .ci/run runs
	$(NPM) run budget

.PHONY: postgres
postgres:
	@scripts/need postgres

.PHONY: poppler
poppler:
	@scripts/need poppler

.PHONY: chromium
chromium:
	@scripts/need chromium

.PHONY: clean
clean: ## remove what was built
	rm -rf bin tmp web/dist/assets web/dist/index.html web/node_modules
