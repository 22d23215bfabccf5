#!/bin/sh
# The whole way of an app, on this machine only: init, npm install, validate, build, deploy to the
# embedded local platform.  demo.sh BUILD
set -eu
cd "$(dirname "$0")/.."
bin=$(cd "${1:-build}" && pwd)
folder=$(mktemp -d "${TMPDIR:-/tmp}/attio-demo.XXXXXX")
app=$folder/lead-checker

step() {
	printf '\n$ %s\n' "$*"
	"$@"
}

# The app's own `attio` (the SDK package brings one) must not be found first.
PATH=$bin:$PATH
export PATH
step attio --version
step attio init "$app"
cd "$app"
step npm install --ignore-scripts --no-audit --no-fund --loglevel=error
step attio validate
step attio build
step attio deploy --local
step attio version list --local
printf '\nThe app is in %s, its bundles in %s/dist, the local platform in %s/.attio/local.\n' \
	"$app" "$app" "$app"
