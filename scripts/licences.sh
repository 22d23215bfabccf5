#!/bin/sh
# Copies the licence of each npm package that is linked, bundled or installed with the programs: one
# folder a package.
#   licences.sh FOLDER
set -eu
cd "$(dirname "$0")/../lib/deps/node_modules"
out=$1

for package in */package.json @*/*/package.json; do
	name=$(dirname "$package")
	case $name in node-addon-api | node-gyp-build) continue ;; esac # only for building addons
	for file in "$name"/LICEN[CS]E* "$name"/NOTICE*; do
		[ -f "$file" ] || continue
		install -d -m 755 "$out/$name"
		install -m 644 "$file" "$out/$name"
	done
done
