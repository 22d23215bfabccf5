#!/bin/sh
# An esbuild that misbehaves in the way that $FAKE_ESBUILD names. For tests/unit/test_service.c and test_judge.c.
# $FAKE_LOG, if set, gets the arguments of each start.
[ -n "$FAKE_LOG" ] && echo "$*" >>"$FAKE_LOG"
hello() { printf '\006\000\000\0000.27.7'; }
case "$FAKE_ESBUILD:$1" in
exit:*) echo "cannot do anything" >&2; exit 3 ;;
quiet-exit:*) exit 0 ;;
never-ready:*) exec sleep 1000 ;;
closed:*) exec >&-; exec sleep 1000 ;;
other-tool:--version) echo "hello there" ;;
other-tool:*) echo "usage: other" >&2; exit 1 ;;
old:--version) echo 0.19.12 ;;
old:*) exit 1 ;;
newer:--version) echo 0.31.4 ;;
newer:--service=0.31.4) printf '\006\000\000\0000.31.4'; cat >/dev/null ;;
newer:*) echo "wrong version" >&2; exit 1 ;;
lies:*) printf '\006\000\000\0000.99.9'; cat >/dev/null ;;
text:*) echo "this is not a packet at all"; cat >/dev/null ;;
silence:*) hello; exec cat 3>&1 >/dev/null ;; # fd 3 keeps the output open
garbage:*) hello; head -c 12 >/dev/null; printf '\005\000\000\000\001\000\000\000\011'; cat >/dev/null ;;
huge:*) hello; head -c 12 >/dev/null; printf '\377\377\377\377'; cat >/dev/null ;;
unasked:*) hello; head -c 12 >/dev/null; printf '\005\000\000\000\377\000\000\000\000'; cat >/dev/null ;;
# A map of nothing: "{}".
empty:*) hello; head -c 12 >/dev/null; printf '\011\000\000\000\001\000\000\000\006\000\000\000\000'; cat >/dev/null ;;
cut:*) hello; head -c 12 >/dev/null; printf '\100\000\000\000\001\000\000'; exit 0 ;;
panic:*)
	hello
	head -c 12 >/dev/null
	echo "panic: something broke" >&2
	i=0
	while [ $i -lt 40 ]; do echo "goroutine $i" >&2; i=$((i + 1)); done
	exit 2
	;;
noise:*)
	hello
	head -c 12 >/dev/null
	i=0
	while [ $i -lt 4000 ]; do echo "a line of noise that fills the pipe, number $i" >&2; i=$((i + 1)); done
	echo "the last word" >&2
	exit 9
	;;
kill:*) hello; head -c 12 >/dev/null; kill -KILL $$ ;;
stubborn:*) trap '' TERM; hello; exec sleep 1000 ;;
*) echo "unknown mode" >&2; exit 99 ;;
esac
