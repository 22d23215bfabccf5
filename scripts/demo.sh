#!/bin/sh
# The whole way of an app, on this machine only: init, npm install, validate, build, deploy to the
# embedded local platform; then it runs there, beside a server that plays its outside service.
#   demo.sh BUILD
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

# The example of Attio's documents on the local platform: a real HTTP server plays Acme Lead Checker.
printf '\nNow the app runs, without an account and without a network.\n'
top=$OLDPWD
ALC_TOKEN=demo-secret
export ALC_TOKEN
node "$top/tests/platform/alc.mjs" serve >"$folder/alc" &
alc=$!
trap 'kill $alc $dev 2>/dev/null || :' EXIT
dev=
until alc_url=$(grep -s http "$folder/alc"); do sleep 0.1; done

printf '\n$ attio dev --route https://api.acmeleadchecker.ai=%s &\n' "$alc_url"
attio dev --port 0 --route "https://api.acmeleadchecker.ai=$alc_url" >"$folder/dev" 2>&1 &
dev=$!
until [ -e .attio/local/run.json ]; do
	kill -0 $dev || { cat "$folder/dev"; exit 1; }
	sleep 0.1
done
step attio connection add --workspace --value-env ALC_TOKEN
step attio webhook list
step attio records create people --values '{"name": "Hopper, Grace", "phone_numbers": ["+15558675309"]}'
step attio action run send-to-alc --record 'people/Grace Hopper'
printf '\n(some time later, at Acme Lead Checker)\n'
step node "$top/tests/platform/alc.mjs" finish "$alc_url" lead-1 Complete
step attio records get 'people/Grace Hopper'
step attio flow list
printf '\nWhat attio dev said meanwhile:\n'
cat "$folder/dev"
kill -INT $dev
wait $dev || true
