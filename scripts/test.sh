#!/bin/bash
# The whole test command: every suite, one total. Ends with `N passed, N failed`.
#   test.sh [SUITE...]   with suites lint unit cases syntax probes packages types templates install fuzz san
#                        clang valgrind
# A suite that prints no count passes or fails as one.
set -u
cd "$(dirname "$0")/.."
make=${MAKE:-make}
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Adds up the counts that a suite printed: our own closing lines and cmocka's.
count() { # exit status
	local p f
	p=$(awk '/^[0-9]+ passed, [0-9]+ failed/ {p += $1} /\[  PASSED  \] [0-9]+ test/ {p += $4} /^replayed [0-9]+ inputs/ {p++} END {print p + 0}' "$log")
	f=$(awk '/^[0-9]+ passed, [0-9]+ failed/ {f += $3} /\[  FAILED  \] [0-9]+ test/ {f += $4} END {print f + 0}' "$log")
	if [ "$1" != 0 ] && [ "$f" = 0 ]; then f=1; fi
	if [ "$1" = 0 ] && [ "$p" = 0 ]; then p=1; fi
	passed=$((passed + p))
	failed=$((failed + f))
	printf '   %s: %d passed, %d failed (%d s)\n' "$name" "$p" "$f" $((SECONDS - start))
}

suite() { # name, command...
	name=$1
	start=$SECONDS
	shift
	printf '== %s\n' "$name"
	"$@" >"$log" 2>&1
	local status=$?
	if [ $status != 0 ]; then cat "$log"; fi
	count $status
}

units() { # build folder, then words to put before each program
	local build=$1 status=0
	shift
	for test in tests/unit/test_*.c; do
		local program=$build/unit/$(basename "$test" .c)
		"$@" "$program" || { echo "failed: $* $program"; status=1; }
	done
	return $status
}

replay() { # build folder
	local status=0
	for target in tests/fuzz/fuzz_*.c; do
		local part
		part=$(basename "$target" .c)
		"$1/fuzz/$part" "tests/fuzz/corpus/${part#fuzz_}" || { echo "failed: $1/fuzz/$part"; status=1; }
	done
	return $status
}

quiet_build() { $make -s -j"$jobs" "$@"; }

run_san() {
	quiet_build BUILD=build/san SAN=address,undefined WERROR=1 all units fuzzers &&
		export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 &&
		units build/san && replay build/san &&
		node tests/run.mjs --limit 180 --bin build/san/attio && # it is several times slower
		node tests/probes/mutate.mjs --bin build/san/attio --runs 50
}

run_syntax() { quiet_build build/syntax/facts && node tests/syntax/run.mjs; }

run_clang() { quiet_build BUILD=build/clang CC=clang WERROR=1 all units; }

# Start-up, one pass of every light command and the parsers, without a leak or a bad read.
run_valgrind() {
	units build valgrind -q --suppressions=tests/unit/libgit2.supp --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
		--trace-children=no
}

# What `make install` puts somewhere works from there, and `make uninstall` takes all of it away.
run_install() {
	local at status top=$PWD
	at=$(mktemp -d)
	$make -s install DESTDIR="$at" PREFIX=/usr && (
		export ATTIO_CACHE_DIR="$at/cache"
		cd "$at" && usr/bin/attio init app --no-git && cd app &&
			ln -s "$top/tests/sdk/node_modules" node_modules &&
			../usr/bin/attio validate && ../usr/bin/attio build --json &&
			../usr/bin/attio deploy --local --app app && [ -f dist/server.js ]
	) && $make -s uninstall DESTDIR="$at" PREFIX=/usr && ! find "$at/usr" -type f | grep .
	status=$?
	rm -rf "$at"
	return $status
}

want() {
	[ ${#suites[@]} = 0 ] && return 0
	local s
	for s in "${suites[@]}"; do [ "$s" = "$1" ] && return 0; done
	return 1
}

suites=("$@")
suite 'build (gcc, warnings are errors)' quiet_build WERROR=1 all units fuzzers
if [ "$failed" != 0 ]; then
	printf '%d passed, %d failed\n' "$passed" "$failed"
	exit 1
fi
want lint && suite lint scripts/lint.sh build
want unit && suite 'unit tests' units build
want fuzz && suite 'fuzz corpora' replay build
want cases && suite 'test runner' node --test tests/runner
want cases && suite cases node tests/run.mjs
want syntax && suite 'syntax, with esbuild as judge' run_syntax
want probes && suite 'probe apps' node tests/probes/run.mjs
want probes && suite 'client and server apart' node tests/probes/extra.mjs
want packages && suite 'npm packages in bundles' node tests/probes/packages.mjs
want probes && suite 'damaged apps' node tests/probes/mutate.mjs
want probes && suite 'init that is killed' node tests/probes/kill.mjs
want types && suite 'generated types' node tests/types/run.mjs
want templates && suite templates node tests/probes/templates.mjs
want install && suite install run_install
want san && suite 'address and undefined behaviour sanitizers' run_san
want clang && suite 'build (clang, warnings are errors)' run_clang
want valgrind && suite valgrind run_valgrind

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
