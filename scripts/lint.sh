#!/bin/bash
# What a compiler does not check: format, layers, headers, the doors, generated files, the tour.
# Prints one line a check and ends with `N passed, N failed`.  lint.sh BUILD
set -u
cd "$(dirname "$0")/.."
build=${1:-build}
passed=0
failed=0
out=$(mktemp)
trap 'rm -f "$out"' EXIT

check() { # name, command...: its output is shown when it fails
	local name=$1
	shift
	if "$@" >"$out" 2>&1; then
		passed=$((passed + 1))
		printf 'ok      %s\n' "$name"
	else
		failed=$((failed + 1))
		printf 'FAILED  %s\n' "$name"
		sed 's/^/        /' "$out"
	fi
}

# Fails when the given command prints anything.
silent() {
	local text
	text=$("$@")
	[ -z "$text" ] || { printf '%s\n' "$text"; return 1; }
}

ours() { git ls-files -co --exclude-standard -- "$@"; }

formatted() {
	ours '*.c' '*.h' | xargs clang-format --style=file --dry-run 2>&1 |
		awk -F: '/warning: code should be/ && !told[$1]++ {print $1 ":" $2 ": run make format"}'
}

# Includes point only down this list, never sideways between rooms of one line.
layers() {
	ours 'lib/*.c' 'lib/*.h' | xargs awk '
		BEGIN {
			n = split("base|sys|diag json|source graphql git http|app|rules types bundle scaffold migrate testing|check|platform local", level, "|")
			for (i = 1; i <= n; i++) { k = split(level[i], room, " "); for (j = 1; j <= k; j++) height[room[j]] = i }
		}
		/^#include "/ {
			split(FILENAME, part, "/"); here = part[2]
			split($2, word, "\""); split(word[2], target, "/"); there = target[1]
			if (here == there) next
			if (!(here in height)) { print FILENAME ": room " here " has no layer"; next }
			if (!(there in height) || height[there] >= height[here])
				print FILENAME ":" FNR ": " here " must not include " word[2]
		}'
}

# An open app is only read: above lib/app nobody holds a part of it that can be written, and nobody
# takes const away by a cast (also not below).
app_is_const() {
	ours 'lib/*.c' 'lib/*.h' 'cli/*.c' 'cli/*.h' | xargs grep -nE '\((struct (app|module|definition|block|edge|facts|text|texts) \*)\) ?[a-z&(*]'
	ours 'lib/*.c' 'lib/*.h' 'cli/*.c' 'cli/*.h' | grep -vE '^lib/(base|sys|diag|json|source|graphql|git|http|app)/' |
		xargs grep -nE 'struct (module|definition|block|edge|facts) \*[a-z_]+( =|;|,|\))' |
		grep -vE 'const struct (module|definition|block|edge|facts) \*'
}

# No two files of a room call each other, over however many others: what each object file defines and
# what it wants is a graph that can be sorted.
circles() {
	local dir
	dir=$(mktemp -d)
	ours 'lib/*.c' 'cli/*.c' | sed "s|^|$build/obj/|; s|c\$|o|" | while read -r object; do
		nm -A -g "$object"
	done | awk '{ split($1, part, ":"); print ($(NF - 1) == "U" ? "wants" : "gives"), part[1], $NF }' |
		sort -k3 >"$dir/symbols"
	[ -s "$dir/symbols" ] || echo 'there are no object files'
	join -1 3 -2 3 -o 1.2,2.2 <(grep ^wants "$dir/symbols") <(grep ^gives "$dir/symbols") |
		sort -u | tsort 2>&1 >/dev/null
	rm -r "$dir"
}

headers_alone() {
	ours '*.h' | grep -v '^tests/' | while read -r header; do
		printf '#include "%s"\n' "$header" |
			${CC:-cc} -std=c17 -Wall -Wextra -Wpedantic -Werror -D_GNU_SOURCE -I. -Ilib -fsyntax-only -x c - ||
			echo "$header does not compile alone"
	done
}

# One door each for memory, streams, the environment and the end of the program.
doors() {
	ours 'lib/*.c' 'cli/*.c' | grep -v '^lib/base/mem.c$' |
		xargs grep -nE '(^|[^a-zA-Z0-9_.>])(malloc|calloc|realloc|free|strdup|strndup|alloca)\(' | grep -vE ':\s*(/?\*|//)'
	# git's own variables are read where git is; a forked child has no other way to end.
	ours 'lib/*.c' | grep -vE '^lib/(base/mem|git/start|sys/spawn).c$' |
		xargs grep -nE '(^|[^a-zA-Z0-9_.>])(printf|puts|exit|_exit|abort|getenv)\(|\b(stdout|stderr)\b' |
		grep -vE ':\s*(/?\*|//)' | grep -vE '"[^"]*\b(stdout|stderr)\b'
	ours 'lib/*.c' 'cli/*.c' | xargs grep -nE '(^|[^a-zA-Z0-9_])(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|sscanf|system|popen|tmpnam|mktemp)\('
}

# A function over 80 lines or a file over 600 wants to be split.
sizes() {
	ours 'lib/*.c' 'cli/*.c' | xargs awk '
		FNR == 1 { start = 0 }
		/^[a-z].*[^;]$/ && !/^(struct|enum|static const|const|extern|typedef)/ { name = $0 }
		/^{$/ { start = FNR; opened = FILENAME }
		/^}$/ && start { if (FNR - start > 82) print FILENAME ":" start ": " FNR - start " lines: " name; start = 0 }'
	ours 'lib/*.c' 'cli/*.c' | xargs wc -l | awk '$2 != "total" && $1 > 620 {print $2 ": " $1 " lines"}'
}

no_registry_addresses() { ours '*package-lock.json' | xargs grep -nE '"resolved"' | head -n 5; }

man_current() {
	local dir
	dir=$(mktemp -d)
	sh scripts/manual.sh "$build" "$dir" && diff -r "$dir" man
	local code=$?
	rm -rf "$dir"
	return $code
}

man_lint() {
	# Pages carry no date, so that they are the same on every day.
	! mandoc -Tlint -Wwarning man/*.1 | grep -v 'missing date' &&
		! groff -ww -man -Tutf8 man/*.1 2>&1 >/dev/null | grep .
}

# README's tour names every room, and no room that is gone.
tour() {
	for room in lib/*/ cli/ cli/net/ templates/ tests/*/ man/ scripts/; do
		case $room in tests/sdk/ | lib/deps/) ;; esac
		grep -q "\`${room}\`" README.md || echo "README.md does not mention $room"
	done
	grep -oE '`(lib|cli|tests|templates|man|scripts)/[a-z_/]*`' README.md | tr -d '`' | sort -u | while read -r path; do
		[ -e "$path" ] || echo "README.md mentions $path, which is not there"
	done
}

# A page that a comment cites is there, from the top of the tree, and has the headings that follow its
# name: `lib/app/README.md, Ids and Pages`.
cited() {
	ours 'lib/*.[ch]' 'cli/*.[ch]' 'lib/*.md' | xargs grep -lE '[A-Za-z0-9_-]\.md' | while read -r file; do
		sed -E 's/^[[:space:]]*[*]? ?//' "$file" | tr '\n' ' ' |
			grep -oE '[A-Za-z0-9_./-]*[A-Za-z0-9_-]\.md(, [^].):;*`"]+)?' | while IFS=, read -r page headings; do
			[ -f "$page" ] || { echo "$file cites $page, which is not there"; continue; }
			printf '%s\n' "$headings" | sed 's/, /\n/g; s/ and /\n/g' | while read -r heading; do
				[ -z "$heading" ] || grep -qxF "## $heading" "$page" ||
					echo "$file cites $page, $heading, which is not there"
			done
		done
	done
}

# Probe apps that the rooms' pages name in brackets.
probes_named() {
	for page in lib/*/README.md; do
		tr '\n' ' ' <"$page" | grep -oE '\(([a-z0-9]+-[a-z0-9-]+(, )?)+\)' | tr -d '(),' | tr ' ' '\n' | sort -u |
			while read -r name; do
				[ -f "tests/probes/apps/$name.app" ] || echo "$page: no probe $name"
			done
	done
}

shell_syntax() {
	ours '*.sh' .ci/run | while read -r file; do bash -n "$file" || echo "$file"; done
	for shell in bash; do "$build/attio" completion $shell | $shell -n || echo "completion for $shell"; done
}

cppcheck_ours() {
	ours 'lib/*.c' 'cli/*.c' | cppcheck --quiet --std=c11 --language=c --error-exitcode=1 -j2 \
		--enable=warning,portability --inline-suppr --suppress=missingIncludeSystem \
		--suppress=unknownMacro --suppress=autoVariables:lib/rules/flow.c -I. -Ilib -D_GNU_SOURCE '-DATTIO_VERSION="x"' --file-list=-
}

check 'C files are formatted' silent formatted
check 'includes point down the layers' silent layers
check 'an open app is only read' silent app_is_const
check 'no circle of files' silent circles
check 'headers compile alone' silent headers_alone
check 'memory, streams and exit go through their doors' silent doors
check 'no function or file is too long' silent sizes
check 'lock files hold no registry addresses' silent no_registry_addresses
check 'man pages are current' man_current
check 'man pages are clean' man_lint
check 'the tour in README.md matches the tree' silent tour
check 'pages that comments cite are there' silent cited
check 'probe apps that pages name are there' silent probes_named
check 'shell scripts and completions parse' silent shell_syntax
check 'cppcheck' cppcheck_ours

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
