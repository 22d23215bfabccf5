#!/bin/sh
# A TypeScript compiler that misbehaves in the way that $FAKE_TSC names. For tests/unit/test_check.c.
# $FAKE_LOG, if set, gets the process id of each start and its first argument.
[ -n "$FAKE_LOG" ] && echo "$$ $1" >>"$FAKE_LOG"
[ "$FAKE_TSC:$1" = old:--version ] && { echo "Version 5.9.3"; exit 0; }
[ "$FAKE_TSC:$1" = other-tool:--version ] && { echo "hello there"; exit 0; }
[ "$FAKE_TSC:$1" = mute:--version ] && exec sleep 1000
[ "$1" = --version ] && { echo "Version 7.0.2"; exit 0; }
[ "$1" = --api ] && case $FAKE_TSC in
session-exit) exit 3 ;;
session-garbage) echo "this is no message at all"; cat >/dev/null; exit 0 ;;
session-long) printf 'Content-Length: 99999999999999999999\r\n\r\n{}'; cat >/dev/null; exit 0 ;;
session-silent) exec cat >/dev/null ;;
session-error)
	printf 'Content-Length: 57\r\n\r\n{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"x"}}'
	cat >/dev/null
	exit 0
	;;
*) exit 1 ;;
esac
case $FAKE_TSC in
old | mute | other-tool | clean | session-*) echo "$PWD/src/a.ts" ;;
garbage) echo "what do you want?" ;;
half) printf '\033[96msrc/a.ts\033[0m:\033[93m1\033[0m:' ;;
nothing) ;;
exit) echo "cannot do anything" >&2; exit 3 ;;
quiet-exit) exit 1 ;;
panic)
	echo "panic: something broke" >&2
	i=0
	while [ $i -lt 400 ]; do echo "goroutine $i" >&2; i=$((i + 1)); done
	exit 2
	;;
killed) kill -KILL $$ ;;
hang) exec sleep 1000 ;;
closed) exec >&- 2>&-; exec sleep 1000 ;;
stubborn) trap '' TERM INT; exec sleep 1000 ;;
*) echo "unknown mode" >&2; exit 99 ;;
esac
