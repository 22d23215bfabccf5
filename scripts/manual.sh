#!/bin/sh
# Writes all manual pages of the program BUILDDIR/attio into OUTDIR and removes pages there that
# it no longer has. Usage: scripts/manual.sh BUILDDIR OUTDIR
set -eu
if [ $# -ne 2 ]; then
	echo "usage: $0 BUILDDIR OUTDIR" >&2
	exit 2
fi
attio=$1/attio
out=$2
mkdir -p "$out"
pages=$("$attio" __manual)
for page in $pages; do
	"$attio" __manual "$page" >"$out/$page.1.new"
	mv "$out/$page.1.new" "$out/$page.1"
done
for file in "$out"/attio*.1; do
	page=$(basename "$file" .1)
	echo "$pages" | grep -qxF -- "$page" || rm -f "$file"
done
