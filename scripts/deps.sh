#!/bin/sh
# Installs what the build needs and is missing: `deps.sh` for building and running, `deps.sh test`
# for the tests as well, `deps.sh npm` only the npm packages of the build. Quiet when there is nothing to do. Debian packages come by apt, on macOS by
# Homebrew; the npm-side parts from the lock files.
set -eu
cd "$(dirname "$0")/.."
what=${1:-build}

# One line a package: Debian name, Homebrew name (- for part of the system or of another package).
build_packages="
gcc - 
libc6-dev -
pkg-config pkg-config
libuv1-dev libuv
libcjson-dev cjson
libxxhash-dev xxhash
zlib1g-dev -
libmd-dev libmd
libgit2-dev libgit2
libcurl4-openssl-dev curl
libmicrohttpd-dev libmicrohttpd
libsqlite3-dev sqlite
libwslay-dev wslay
libpsl-dev libpsl
libmsgpack-dev msgpack
libsecret-1-dev -
ca-certificates -
"
test_packages="
libcmocka-dev cmocka
clang llvm
libclang-rt-dev -
clang-format clang-format
cppcheck cppcheck
mandoc mandoc
groff groff
valgrind -
git git
patch -
curl curl
procps -
jq jq
python3 python
dbus -
gnome-keyring -
libsecret-tools -
chromium -
firefox-esr -
"

fail() {
	printf 'deps: %s\n' "$*" >&2
	exit 1
}

list() { # column
	printf '%s\n' "$build_packages"
	if [ "$what" = test ]; then printf '%s\n' "$test_packages"; fi
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null 2>&1; then
		sudo "$@"
	else
		fail "root rights are needed for: $*  (run it as root, or install sudo)"
	fi
}

# /dev/null as dpkg's terminal would make it ask; the front end decides.
apt_install() {
	missing=
	for package in $(list | awk 'NF {print $1}'); do
		dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed' ||
			missing="$missing $package"
	done
	# Any Node that can run npm will do; Debian's where there is none.
	command -v node >/dev/null 2>&1 || missing="$missing nodejs"
	command -v npm >/dev/null 2>&1 || missing="$missing npm"
	[ -n "$missing" ] || return 0
	printf 'installing Debian packages:%s\n' "$missing"
	log=$(mktemp)
	# shellcheck disable=SC2086
	if ! { as_root apt-get update -qq &&
		as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
			--no-install-recommends $missing; } >"$log" 2>&1; then
		tail -n 20 "$log" >&2
		rm -f "$log"
		fail "apt could not install:$missing"
	fi
	rm -f "$log"
}

brew_install() {
	missing=
	for package in $(list | awk 'NF && $2 != "-" {print $2}') node; do
		brew list --versions "$package" >/dev/null 2>&1 || missing="$missing $package"
	done
	[ -n "$missing" ] || return 0
	printf 'installing Homebrew packages:%s\n' "$missing"
	# shellcheck disable=SC2086
	brew install -q $missing || fail "brew could not install:$missing"
}

# Packages of a lock file, unless node_modules is as new as it.
npm_install() { # folder
	mark=$1/node_modules/.package-lock.json
	if [ -f "$mark" ] && [ ! "$1/package-lock.json" -nt "$mark" ] && [ ! "$1/package.json" -nt "$mark" ]; then
		return 0
	fi
	printf 'installing npm packages in %s\n' "$1"
	log=$(mktemp)
	if ! (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >"$log" 2>&1; then
		tail -n 20 "$log" >&2
		rm -f "$log"
		fail "npm could not install the packages of $1/package-lock.json (is the registry reachable?)"
	fi
	rm -f "$log"
	touch "$mark"
}

if [ "$what" = npm ]; then
	npm_install lib/deps
	exit 0
fi
if command -v apt-get >/dev/null 2>&1; then
	apt_install
elif command -v brew >/dev/null 2>&1; then
	brew_install
else
	fail "neither apt-get nor brew is here; install these yourself (Debian names):
$(list | awk 'NF {printf " %s", $1}') nodejs npm"
fi
npm_install lib/deps
# App code needs Node 20: where there is only an older one, ours is put beside it.
if [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" != true ]; then
	npm_install lib/deps/node
fi
if [ "$what" = test ]; then
	npm_install tests/sdk
	npm_install tests/packages
	npm_install tests/nodes
	npm_install tests/vitest
	npm_install tests/keychain
	npm_install tests/browser
fi
