#!/bin/bash
# The whole test command: every suite, one total. Ends with `N passed, N failed`, and behind it how
# many were skipped, if any were.
#   test.sh [SUITE...]   the suites are the names in the table below; without one, all of them
# First everything is built, with all processors; then as many suites run side by side as there are
# processors, each printed as a whole when it ends. A suite that prints no count passes or fails as
# one.
set -u
cd "$(dirname "$0")/.."
make=${MAKE:-make}
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

# Adds up the counts of a log, our own closing lines and cmocka's: "passed failed skipped".
count() { # log, exit status
	awk -v status="$2" '
		function number(pattern) { return match($0, pattern) ? substr($0, RSTART + 13) + 0 : 0 }
		/^[0-9]+ passed, [0-9]+ failed/ { p += $1; f += $3; s += $5 }
		/^replayed [0-9]+ inputs/ { p++ }
		/\[  (PASSED|FAILED|SKIPPED) / {
			p += number("\\[  PASSED  \\] [0-9]+ test")
			f += number("\\[  FAILED  \\] [0-9]+ test")
			s += number("\\[  SKIPPED \\] [0-9]+ test")
		}
		END {
			if (status != 0 && f + 0 == 0) f = 1
			if (status == 0 && p + s == 0) p = 1
			print p + 0, f + 0, s + 0
		}' "$1"
}

total() { # counts as text
	[ "$3" = 0 ] && printf '%d passed, %d failed' "$1" "$2" || printf '%d passed, %d failed, %d skipped' "$@"
}

# Prints what a suite said if it failed or left something out, and its line. One suite at a time.
tell() { # name, log, exit status, seconds, counts
	until mkdir "$logs/telling" 2>/dev/null; do sleep 0.05; done
	printf '== %s\n' "$1"
	if [ "$3" != 0 ]; then
		cat "$2"
	else
		grep -aE '^SKIPPED|\[  SKIPPED' "$2"
	fi
	# shellcheck disable=SC2086
	printf '   %s: %s (%d s)\n' "$1" "$(total $5)" "$4"
	rmdir "$logs/telling"
}

suite() { # name, command...
	local name=$1 start=$SECONDS log status counts
	shift
	log=$(mktemp "$logs/log.XXXXXX")
	"$@" >"$log" 2>&1
	status=$?
	counts=$(count "$log" $status)
	printf '%s\n' "$counts" >"$(mktemp "$logs/counts.XXXXXX")"
	tell "$name" "$log" $status $((SECONDS - start)) "$counts"
	rm -f "$log"
	return $status
}

# A program that hangs must not hold up the others: exec keeps the alarm. 20 minutes, because of
# valgrind on a busy machine.
deadline=(perl -e 'alarm shift; exec @ARGV or exit 127' 1200)

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

# What `make install` puts somewhere works from there, for everybody on the machine, and `make
# uninstall` takes all of it away.
run_install() {
	local at status top=$PWD
	at=$(mktemp -d)
	(umask 077 && $make -s install DESTDIR="$at" PREFIX=/usr) &&
		! find "$at/usr" ! -perm -a+r -o -type d ! -perm -a+x | grep . && (
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

# A clone without the packages says what is to be done first, in one line.
run_unready() {
	local at status=0 goal said
	at=$(mktemp -d)
	cp Makefile VERSION "$at"
	for goal in all install 'check PREFIX=/nowhere'; do
		# shellcheck disable=SC2086
		said=$(cd "$at" && env -u MAKEFLAGS -u MAKELEVEL $make $goal 2>&1) && status=1
		[ "$(printf '%s\n' "$said" | grep -c 'make deps')/$(printf '%s\n' "$said" | wc -l)" = 1/1 ] || status=1
		printf '%s\n' "$said"
	done
	said=$(PKG_CONFIG_LIBDIR=$at env -u MAKEFLAGS -u MAKELEVEL $make 2>&1) && status=1
	printf '%s\n' "$said"
	[ "$(printf '%s\n' "$said" | wc -l)" = 1 ] || status=1
	(cd "$at" && env -u MAKEFLAGS -u MAKELEVEL $make -s help >/dev/null) || status=1
	rm -rf "$at"
	return $status
}

# With sanitizers everything is several times slower.
sanitized() { # command...
	ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 \
		LSAN_OPTIONS=suppressions=$PWD/tests/unit/libgit2.lsan:print_suppressions=0 "$@"
}

# The race detector needs its part of the address space free: no random places.
threaded() { # command...
	local fixed=
	setarch "$(uname -m)" -R true 2>/dev/null && fixed="setarch $(uname -m) -R"
	TSAN_OPTIONS=halt_on_error=1 $fixed "$@"
}

# Start-up, one pass of every light command and the parsers, without a leak or a bad read.
checked() {
	"${deadline[@]}" valgrind -q --suppressions=tests/unit/valgrind.supp --error-exitcode=99 --leak-check=full \
		--errors-for-leak-kinds=definite --trace-children=no "$@"
}

# All unit tests, and the cases of the commands that start threads: modules and hashes side by side,
# the local platform's server.
run_threads() {
	local status=0
	units build/threads threaded "${deadline[@]}" || status=1
	threaded node tests/run.mjs --limit 180 --bin build/threads/attio build/ deploy/ types/ validate-options/ && return $status
}

build() { $make -s -j"$jobs" "$@"; }

want() { # suite
	local one
	[ ${#suites[@]} = 0 ] && return 0
	for one in "${suites[@]}"; do [ "$one" = "$1" ] && return 0; done
	return 1
}

queue=()
add() { # suite, name, command...
	want "$1" || return 0
	shift
	queue+=("$(printf '%q ' "$@")")
}

# Takes what no other worker has taken, until nothing is left.
worker() {
	local i
	for ((i = 0; i < ${#queue[@]}; i++)); do
		mkdir "$logs/taken.$i" 2>/dev/null && eval "suite ${queue[$i]}"
	done
}

close() {
	local counts
	counts=$(cat "$logs"/counts.* | awk '{p += $1; f += $2; s += $3} END {print p, f, s}')
	# shellcheck disable=SC2086
	total $counts
	echo
	case $counts in *" 0 "*) exit 0 ;; esac
	exit 1
}

suites=("$@")
suite 'build (gcc, warnings are errors)' build WERROR=1 all units fuzzers build/syntax/facts build/graph/graph build/graphql/answer || close
want san && suite 'build with sanitizers' build BUILD=build/san SAN=address,undefined WERROR=1 all units fuzzers
want growth && [ "$(uname)" = Linux ] &&
	suite 'build that counts steps' build BUILD=build/steps STEPS=1 WERROR=1 build/steps/attio
want plain && suite 'build without what only Linux has' build BUILD=build/plain PLAIN=1 WERROR=1 all
# The second compiler's warnings, and what the race detector needs.
if want clang || want threads; then
	suite 'build (clang, warnings are errors)' build BUILD=build/threads CC=clang SAN=thread WERROR=1 all units
fi

# The longest first, so that no processor waits for another at the end.
add san 'cases, sanitized' sanitized node tests/run.mjs --limit 180 --bin build/san/attio
add valgrind 'unit tests under valgrind' units build checked
add types 'generated types' node tests/types/run.mjs
add san 'unit tests, sanitized' sanitized units build/san "${deadline[@]}"
add threads threads run_threads
add probes 'probe apps' node tests/probes/run.mjs
add cases cases node tests/run.mjs
add platform 'apps on the local platform' node tests/platform/run.mjs
add plain 'apps on the local platform, without what only Linux has' node tests/platform/run.mjs --bin build/plain/attio seed serving subscribers tunnels
add page 'the page in real browsers' node --test tests/page/workspace.mjs
add page 'signing in with real browsers' node --test tests/browser/sign_in.mjs
add page 'the inspectors of the page' node --test tests/page/inspect.mjs
add page 'the page, clicked through' node --test tests/page/clicks.mjs
add page 'the shell and the workspace of the page' node --test tests/page/shell.mjs
add page 'components and drawing' node --test tests/page/components.mjs tests/page/command.test.mjs tests/page/draw.test.mjs tests/page/stories.test.mjs
add wire 'requests beside those of the official CLI' node tests/wire/run.mjs
add migrate 'the official migration' node tests/migrate/run.mjs
add migrate 'a migration that is killed' node tests/migrate/kill.mjs
add publish 'deploys that are killed or refused' node tests/publish/run.mjs
add newcomer 'mistakes of a first hour' node tests/newcomer/run.mjs
add growth 'costs that grow' node tests/growth/run.mjs
add keychain 'the keychain' node tests/keychain/run.mjs
add limits 'few descriptors and threads' node tests/limits/run.mjs
add faults 'calls that fail' node tests/faults/run.mjs --points 10
add unit 'unit tests' units build "${deadline[@]}"
add graphql 'GraphQL, with graphql-js as judge' node tests/graphql/run.mjs
add syntax 'syntax, with esbuild as judge' node tests/syntax/run.mjs
add graph 'module graphs, with esbuild as judge' node tests/graph/run.mjs
add lint lint bash scripts/lint.sh build
add host 'host of app code' node tests/host/run.mjs
add probes 'hostile repositories' node tests/probes/hostile.mjs
add probes 'init that is killed' node tests/probes/kill.mjs
add san 'damaged apps, sanitized' sanitized node tests/probes/mutate.mjs --bin build/san/attio --runs 50
add packages 'npm packages in bundles' node tests/probes/packages.mjs
add templates templates node tests/probes/templates.mjs
add probes 'client and server apart' node tests/probes/extra.mjs
add probes 'damaged apps' node tests/probes/mutate.mjs
add cases 'test runner' node --test tests/runner
add install install run_install
add install 'without dependencies' run_unready
add san 'fuzz corpora, sanitized' sanitized replay build/san
add fuzz 'fuzz corpora' replay build

for ((i = 0; i < jobs; i++)); do worker & done
wait
close
