#!/bin/bash
# `make bench`: medians and ratios, see bench.mjs.
#   bench.sh [BUILD]   the folder with the programs (default: build); RUNS=N runs of each command
cd "$(dirname "$0")/.." && exec node scripts/bench.mjs "${1:-build}"
