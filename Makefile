# "make" alone prints this list.
SHELL := /bin/bash
export CGO_ENABLED ?= 0

# The clock of the sample office: a Monday morning that never gets older.
DEMO_NOW := 2026-10-19T08:00
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZTIME := 10s

.PHONY: help demo build test tools check fmt vet lint race bench-once fuzz offline golden bench speed delivery-speed optimum crash real-blogs generate verify

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: build ## plan and build the sample office; needs no account, server or configuration
	./bin/editorial plan --now $(DEMO_NOW)
	./bin/editorial build --now $(DEMO_NOW) --out bin/demo

build: ## compile bin/editorial, one static binary
	@mkdir -p bin
	go build -trimpath -ldflags '-s -w' -o bin/editorial ./cmd/editorial

test: tools ## make ready what the tests need, then run them all
	go test -timeout 30m ./...

tools: ## install the outside programs of the tests (as root on Debian), or say how
	@scripts/test-tools

check: fmt vet lint race bench-once offline ## everything that CI runs after the tests

fmt: ## gofmt
	@test -z "$$(gofmt -l .)" || { gofmt -d . | head -50; exit 1; }

vet: ## go vet
	go vet ./...

lint: ## staticcheck with the list of checks in staticcheck.conf
	go run $(STATICCHECK) ./...

race: ## all tests under the race detector
	CGO_ENABLED=1 go test -race -timeout 40m ./...

bench-once: ## one iteration of every benchmark, so that they never rot
	go test -run '^$$' -bench . -benchtime 1x ./...

fuzz: ## every fuzz target for FUZZTIME, and the tests that draw their inputs from a seed of chance
	@scripts/fuzz $(FUZZTIME)

offline: ## the suite once more with no network but loopback
	@scripts/offline go test -count=1 -timeout 30m ./...

golden: ## rewrite the expectations of golden files and scripts; read the diff before you commit it
	@for p in $$(grep -rl --include=*_test.go 'flag.Bool("update"' . | xargs -n1 dirname | sort -u); do go test $$p -update || exit 1; done

bench: ## the benchmarks, as figures to compare within one run
	go test -run '^$$' -bench . -benchmem ./...

speed: build ## the table of docs/performance.md: builds of 1,000 and 10,000 posts against the limit
	go run ./internal/tools/speed -editorial bin/editorial $(SPEEDFLAGS)

delivery-speed: build ## the figures of "Delivery" in docs/performance.md: some eight minutes
	go test -run '^$$' -bench Run_ -benchtime 1000x ./internal/delivery
	go test -run '^$$' -bench . -benchtime 100x ./internal/courier
	go run ./internal/tools/speed -editorial bin/editorial -posts 10000 -idle 60s

optimum: ## the figures of docs/planning.md: plans held against proven optima (needs cbc; the first run takes long)
	go run ./internal/tools/optimum -into docs/planning.md $(OPTIMUMFLAGS)

crash: tools ## a thousand kills while platforms fail, on SQLite and on PostgreSQL, and then the count (half an hour)
	go test ./internal/tools/crash -count=1 -v -timeout 90m -args -kills $(or $(KILLS),1000) -seed $(or $(SEED),1)

real-blogs: build ## hold editorial against other programs on the public blogs cloned below BLOGS
	@scripts/real-blogs $(BLOGS)

generate: ## refresh what is generated: the embedded zone data, from the Go release
	cp "$$(go env GOROOT)/lib/time/zoneinfo.zip" pkg/civil/zoneinfo.zip
	sed -i "s/^const ZoneData = .*/const ZoneData = \"$$(sed -n 's/^DATA=//p' "$$(go env GOROOT)/lib/time/update.bash")\"/" pkg/civil/zonedata.go

verify: ## whether what is generated is what "make generate" would make
	cmp "$$(go env GOROOT)/lib/time/zoneinfo.zip" pkg/civil/zoneinfo.zip
	grep -q "^const ZoneData = \"$$(sed -n 's/^DATA=//p' "$$(go env GOROOT)/lib/time/update.bash")\"$$" pkg/civil/zonedata.go
