#!/bin/sh
# Bundles the stories, has the client realm show them and makes the page of what it showed:
#   build.sh ESBUILD NODE HOST-FOLDER OUT-FOLDER
set -eu
esbuild=$1 node=$2 host=$3 out=$4
here=lib/local/page/stories
work=$out/stories
rm -f "$out"/pictures-*.js*
mkdir -p "$work"
"$esbuild" --bundle --log-level=warning --format=iife --target=es2022 --jsx-factory=h --jsx-fragment=Fragment \
	--inject:$here/h.js --alias:attio/client=./$here/sdk.js --alias:attio=./$here/root.js --outfile="$work/app.js" $here/app.jsx
"$esbuild" --bundle --log-level=warning --format=cjs --platform=node --outfile="$work/props.cjs" lib/local/host/client/inner/props.js
"$node" $here/record.mjs "$work/app.js" "$host" "$work/props.cjs" "$out/stories.json"
NODE_PATH=lib/deps/node_modules "$esbuild" --bundle --minify --log-level=warning --format=esm --splitting --target=es2022 --jsx=automatic \
	--jsx-import-source=preact --alias:stories-data="$PWD/$out/stories.json" --legal-comments=eof \
	--entry-names=[name] --chunk-names=[name]-[hash] --outdir="$out" stories=$here/page.jsx
cp $here/components.html "$out/components.html"
for file in "$out"/stories.js "$out"/stories.css "$out"/components.html "$out"/pictures-*.js; do gzip -9nkf "$file"; done
