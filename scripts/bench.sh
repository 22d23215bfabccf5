#!/bin/bash
# `make bench`: medians and ratios of the commands (bench.mjs) and of the local platform
# (bench-local.mjs).
#   bench.sh [BUILD [local]]   the folder with the programs (default: build); RUNS=N runs of each
#                              command, RELOADS=N reloads; with `local` the platform alone
cd "$(dirname "$0")/.." || exit
build=${1:-build}
[ "${2:-}" = local ] || node scripts/bench.mjs "$build" || exit
node scripts/bench-local.mjs "$build"
