# attio: the only build system. `make help` lists the targets.
# BUILD=dir keeps a second set of objects apart; SAN=address,undefined builds with sanitizers.

comma    := ,
CC       ?= cc
BUILD    ?= build
PREFIX   ?= /usr/local
VERSION  := $(shell cat VERSION)
PKGS_LIGHT := libuv libcjson zlib libmd
# msgpack-c has two names for pkg-config: Debian 12's and later ones.
MSGPACK    := $(shell pkg-config --exists msgpack-c && echo msgpack-c || echo msgpack)
PKGS_NET   := libgit2 libcurl libmicrohttpd sqlite3 libpsl $(MSGPACK)
# The keychain's own program: on macOS it needs what the system has.
ON_MACOS   := $(filter Darwin,$(shell uname))
PKGS_KEY   := $(if $(ON_MACOS),,libsecret-1)
# Debian's wslay has no file for pkg-config.
WSLAY      := $(or $(shell pkg-config --libs libwslay 2>/dev/null),-lwslay)
WSLAY_INCS := $(shell pkg-config --cflags libwslay 2>/dev/null)

# tree-sitter is compiled from its sources, at one version everywhere: Debian 12 has 0.20, which frees
# the wrong memory on large broken texts, Homebrew a later one without some of 0.20's functions.
TREE_SITTER := lib/deps/node_modules/tree-sitter/vendor/tree-sitter/lib
GRAMMAR     := lib/deps/node_modules/tree-sitter-typescript

# Goals that need nothing installed; before any other one line says what is to be done.
FREE := deps demo test help clean uninstall format
# Packages older than their lock file are brought up to it, which takes seconds.
ifneq ($(filter-out $(FREE),$(or $(MAKECMDGOALS),all)),)
ifeq ($(shell command -v $(firstword $(CC)) >/dev/null && pkg-config --exists $(PKGS_LIGHT) $(PKGS_NET) $(PKGS_KEY) \
	2>/dev/null && echo '\#include <wslay/wslay.h>' | $(CC) $(WSLAY_INCS) -E - >/dev/null 2>&1 && \
	[ -f lib/deps/node_modules/.package-lock.json ] && sh scripts/deps.sh npm >&2 && echo ready),)
$(error what building needs is not installed: run `make deps` first)
endif
endif

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 \
	-Wwrite-strings -Wcast-qual -Wpointer-arith -Wundef -Wvla -Wimplicit-fallthrough -Wconversion -Wno-overlength-strings
OPT  := -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
# Mach-O programs are position independent, and bound at the start, by themselves.
# Elsewhere that costs nothing that can be measured, not even with the 44 libraries of attio-net.
HARD := $(if $(filter Darwin,$(shell uname)),,-pie -Wl,-z,relro -Wl,-z,now)
GRAMMAR_OPT := -O2 -fPIE
ifdef SAN
OPT  := -O1 -g -fno-omit-frame-pointer -fsanitize=$(SAN) -fno-sanitize-recover=all
HARD :=
# Under the fuzzer the parser's own core is looked at too: texts of others go through it.
ifneq ($(findstring fuzzer,$(SAN)),)
GRAMMAR_OPT := $(OPT) -fno-sanitize=undefined
endif
endif
ifdef WERROR
WARN += -Werror
endif
# STEPS=1: a program that counts its steps (tests/growth/steps.c; Linux).
ifdef STEPS
OPT += -fsanitize-coverage=trace-pc -U_FORTIFY_SOURCE
STEPS_OBJ  := $(BUILD)/steps.o
STEPS_WRAP := _exit memcpy memmove memset memcmp memchr memrchr memmem strlen strnlen strcmp strncmp strcasecmp \
	strchr strrchr strstr strpbrk strspn strcspn vsnprintf calloc realloc read write
STEPS_LINK := $(addprefix -Wl$(comma)--wrap=,$(STEPS_WRAP))
endif
DEFS := -D_GNU_SOURCE -D_DARWIN_C_SOURCE -DATTIO_VERSION='"$(VERSION)"'
# ON_LINUX: epoll, eventfd, prctl, close_range and renameat2 are there. PLAIN=1 goes without, so that
# what other systems get is compiled and run here too.
ifeq ($(shell uname)$(PLAIN),Linux)
DEFS += -DON_LINUX
endif
INCS := -I. -Ilib -isystem $(TREE_SITTER)/include $(shell pkg-config --cflags $(PKGS_LIGHT) $(PKGS_NET) 2>/dev/null) $(WSLAY_INCS)
ALL_CFLAGS  = -std=c17 $(WARN) $(OPT) $(DEFS) $(INCS) $(CFLAGS)
ALL_LDFLAGS = $(OPT) $(HARD) $(LDFLAGS)
LIBS_LIGHT  = $(shell pkg-config --libs $(PKGS_LIGHT)) -lm
LIBS_NET    = $(LIBS_LIGHT) $(shell pkg-config --libs $(PKGS_NET)) $(WSLAY)
E_ = @printf '  %-5s %s\n'

# Two programs: `attio` starts without the network libraries (their loading alone takes 5 ms) and
# hands the commands of cli/net/ over to `attio-net`, which holds everything.
LIGHT_SRC := $(wildcard lib/base/*.c lib/sys/*.c lib/diag/*.c lib/json/*.c lib/source/*.c lib/graphql/*.c \
	lib/app/*.c lib/rules/*.c lib/types/*.c lib/bundle/*.c lib/check/*.c) lib/local/openapi_answers.c lib/local/openapi_shape.c \
	lib/local/run/host_code.c lib/local/run/host_early.c
NET_SRC   := $(filter-out $(LIGHT_SRC),$(wildcard lib/git/*.c lib/http/*.c lib/platform/*.c lib/local/*.c lib/local/*/*.c lib/scaffold/*.c lib/migrate/*.c lib/testing/*.c)) \
	$(filter-out cli/net/main.c,$(wildcard cli/net/*.c))
CLI_SRC   := $(filter-out cli/main.c,$(wildcard cli/*.c))
obj = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
GRAMMAR_OBJ := $(addprefix $(BUILD)/grammar/,tree_sitter.o typescript.o typescript_scanner.o tsx.o \
	tsx_scanner.o)
LIGHT_OBJ := $(call obj,$(LIGHT_SRC) $(CLI_SRC)) $(GRAMMAR_OBJ)
NET_OBJ   := $(call obj,$(NET_SRC))

.PHONY: all
all: $(BUILD)/attio $(BUILD)/attio-native $(BUILD)/attio-net $(BUILD)/attio-keychain $(BUILD)/host/main.cjs $(BUILD)/host/pretty.cjs \
	$(BUILD)/page/page.js $(BUILD)/page/editor.js $(BUILD)/page/stories.js

$(BUILD)/attio: $(call obj,cli/main.c) $(LIGHT_OBJ) $(STEPS_OBJ)
	$(E_) LINK $@
	@$(CC) $(ALL_LDFLAGS) $(STEPS_LINK) -o $@ $^ $(LIBS_LIGHT)

# The second name, which no npm package has: in npm scripts the SDK's own `attio` is found first.
$(BUILD)/attio-native: $(BUILD)/attio
	@ln -sf attio $@

$(BUILD)/steps.o: tests/growth/steps.c
	@$(CC) -std=c17 -Wall -Wextra -O2 -fPIE -fno-builtin -D_GNU_SOURCE -c -o $@ $<

$(BUILD)/attio-net: $(call obj,cli/net/main.c) $(LIGHT_OBJ) $(NET_OBJ)
	$(E_) LINK $@
	@$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_NET)

# The keychain (cli/keychain/keychain.h). GLib's headers are not ours to warn about.
KEY_SRC := cli/keychain/main.c cli/keychain/$(if $(ON_MACOS),macos,secret_service).c
$(BUILD)/attio-keychain: $(KEY_SRC) cli/keychain/keychain.h lib/platform/credential.h VERSION
	$(E_) LINK $@
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) $(if $(ON_MACOS),,$(shell pkg-config --cflags $(PKGS_KEY) | sed 's/-I/-isystem /g')) \
		$(ALL_LDFLAGS) -o $@ $(KEY_SRC) \
		$(if $(ON_MACOS),-framework Security -framework CoreFoundation,$(shell pkg-config --libs $(PKGS_KEY)))

# The host of app code: one file for each part, so that a machine that runs it needs Node alone. Outer
# parts have Node around them, inner ones are evaluated in the context of the app.
ESBUILD = $(firstword $(wildcard lib/deps/node_modules/@esbuild/*/bin/esbuild))
HOST_DIR := lib/local/host
HOST_SRC := $(shell find $(HOST_DIR) -name '*.js' 2>/dev/null)
HOST_OUTER := main compile imports contact maps server/worker client/worker
HOST_INNER := server/inner client/inner
HOST_PARTS := client/reconciler
HOST_REACT := --inject:$(HOST_DIR)/client/inner/react-names.js --alias:scheduler=./$(HOST_DIR)/client/inner/scheduler.js
HOST_ESBUILD = NODE_PATH=lib/deps/node_modules $(ESBUILD) --bundle --log-level=warning --legal-comments=eof
$(BUILD)/host/main.cjs: $(HOST_SRC) lib/deps/package-lock.json Makefile
	$(E_) HOST $(@D)
	@mkdir -p $(@D)
	@for part in $(HOST_OUTER); do \
		$(HOST_ESBUILD) --minify-whitespace --platform=node --target=node20 --format=cjs --outfile=$(@D)/`echo $$part | tr / -`.cjs \
			$(HOST_DIR)/$$part.js || exit 1; \
	done
	@for part in $(HOST_INNER); do \
		case $$part in client/*) own="$(HOST_REACT)" ;; *) own= ;; esac; \
		$(HOST_ESBUILD) $$own --minify-whitespace --platform=neutral --main-fields=module,main --target=es2022 --format=iife \
			--global-name=inner '--define:process.env.NODE_ENV="development"' \
			--outfile=$(@D)/`echo $$part | tr / -`.js $(HOST_DIR)/$$part.js || exit 1; \
	done
	@for part in $(HOST_PARTS); do \
		$(HOST_ESBUILD) --minify-whitespace --platform=neutral --main-fields=module,main --target=es2022 --format=cjs \
			--external:react --external:scheduler '--define:process.env.NODE_ENV="development"' \
			--outfile=$(@D)/`echo $$part | tr / -`.js $(HOST_DIR)/$$part.js || exit 1; \
	done
	@cat $(@D)/client-*.js $(@D)/server-*.js $(@D)/*-worker.cjs $(@D)/compile.cjs | cksum >$(@D)/id
	@touch $@

# The page (lib/local/page): the script of the first screen and the one of all else, which share parts (the files part-*),
# and a style sheet of each (first.css; page.css is of all else); each with a compressed copy that is sent as it is. What the
# first script imports is asked for with it.
PAGE_DIR := lib/local/page
PAGE_SRC := $(shell find $(PAGE_DIR) -type f 2>/dev/null)
$(BUILD)/page/page.js: $(PAGE_SRC) lib/deps/package-lock.json Makefile
	$(E_) PAGE $(@D)
	@mkdir -p $(@D)
	@rm -f $(@D)/part-* $(@D)/page.*
	@NODE_PATH=lib/deps/node_modules $(ESBUILD) --bundle --minify --splitting --log-level=warning --format=esm --target=es2022 --jsx=automatic \
		--jsx-import-source=preact --legal-comments=eof --chunk-names=part-[hash] --outdir=$(@D) page=$(PAGE_DIR)/main.jsx \
		first=$(PAGE_DIR)/app.css
	@parts=`grep -oE 'from"\./part-[A-Z0-9]+\.js"' $@ | grep -oE 'part-[A-Z0-9]+\.js' | sort -u`; \
		for part in $$parts; do printf '<link rel="modulepreload" href="%s">\n' $$part; done >$(@D)/.parts
	@sed -e '/rel="modulepreload"/r $(@D)/.parts' $(PAGE_DIR)/index.html >$(@D)/index.html && rm $(@D)/.parts
	@rm $(@D)/part-*.css
	@for file in $(@D)/page.js $(@D)/page.css $(@D)/first.css $(@D)/part-*.js; do gzip -9nc $$file >$$file.gz || exit 1; done

# Its editor of GraphQL, which is loaded when somebody opens it.
$(BUILD)/page/editor.js: $(PAGE_DIR)/inspect/editor.js lib/deps/package-lock.json Makefile
	$(E_) PAGE $@
	@mkdir -p $(@D)
	@NODE_PATH=lib/deps/node_modules $(ESBUILD) --bundle --minify --log-level=warning --format=esm --target=es2022 --legal-comments=eof \
		--outfile=$@ $<
	@gzip -9nc $@ >$@.gz

# The page of stories: what the client realm shows of each component, recorded at build time (needs Node 20).
STORIES_SRC := $(shell find lib/local/page/stories lib/local/page/draw -type f 2>/dev/null)
$(BUILD)/page/stories.js: $(STORIES_SRC) $(BUILD)/host/main.cjs
	$(E_) STORIES $@
	@sh lib/local/page/stories/build.sh $(ESBUILD) $(or $(firstword $(wildcard lib/deps/node/node_modules/*/bin/node)),node) $(BUILD)/host $(@D)

$(BUILD)/obj/%.o: %.c VERSION
	$(E_) CC $<
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Not ours to warn about.
$(BUILD)/grammar/tree_sitter.o: $(TREE_SITTER)/src/lib.c
	$(E_) CC $<
	@mkdir -p $(@D)
	@$(CC) -std=c11 -w $(GRAMMAR_OPT) $(if $(STEPS),-fsanitize-coverage=trace-pc) -g -D_GNU_SOURCE -D_DARWIN_C_SOURCE \
		-I$(TREE_SITTER)/include \
		-I$(TREE_SITTER)/src -c -o $@ $<
# Generated C of the grammars: no debug info, it would be 10 MB.
$(BUILD)/grammar/%.o: $(GRAMMAR)/%/src/parser.c
	$(E_) CC $<
	@mkdir -p $(@D)
	@$(CC) -std=c11 -w $(GRAMMAR_OPT) -I$(GRAMMAR)/$*/src -c -o $@ $<
$(BUILD)/grammar/%_scanner.o: $(GRAMMAR)/%/src/scanner.c
	$(E_) CC $<
	@mkdir -p $(@D)
	@$(CC) -std=c11 -w $(GRAMMAR_OPT) -I$(GRAMMAR)/$*/src -c -o $@ $<

# Everything but main, for the unit tests and fuzz targets to link what they need from.
$(BUILD)/libattio.a: $(LIGHT_OBJ) $(NET_OBJ)
	$(E_) AR $@
	@rm -f $@
	@ar rcs $@ $^

UNIT := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libattio.a
	$(E_) LINK $@
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) $(shell pkg-config --cflags cmocka) $(ALL_LDFLAGS) -MMD -MP -o $@ $< \
		$(BUILD)/libattio.a $(LIBS_NET) $(shell pkg-config --libs cmocka)

.PHONY: units
units: $(addprefix $(BUILD)/unit/,$(UNIT))

# Fuzz targets with a driver that replays files; `make fuzz` links them to libFuzzer instead.
FUZZ := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
$(BUILD)/fuzz/%: tests/fuzz/%.c tests/fuzz/replay.c $(BUILD)/libattio.a
	$(E_) LINK $@
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter %.c,$^) $(BUILD)/libattio.a $(LIBS_NET)

# What our parser makes of files, for tests/syntax/run.mjs.
$(BUILD)/syntax/facts: tests/syntax/facts.c $(BUILD)/libattio.a
	$(E_) LINK $@
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libattio.a $(LIBS_NET)

# The module graph of apps, for tests/graph/run.mjs.
$(BUILD)/graph/graph: tests/graph/graph.c $(BUILD)/libattio.a
	$(E_) LINK $@
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libattio.a $(LIBS_NET)

# Our executor on made-up data, for tests/graphql/run.mjs.
$(BUILD)/graphql/answer: tests/graphql/answer.c $(BUILD)/libattio.a
	$(E_) LINK $@
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libattio.a $(LIBS_NET)

.PHONY: fuzzers
fuzzers: $(addprefix $(BUILD)/fuzz/,$(FUZZ))

## deps       install what building needs and is missing (apt or brew, npm)
.PHONY: deps
deps:
	@sh scripts/deps.sh

## demo       install, build, then take the sample app from init to a local deploy
.PHONY: demo
demo: deps
	@$(MAKE) --no-print-directory -j2 all
	@sh scripts/demo.sh $(BUILD)

## test       install what testing needs, then run every suite; T="unit cases" runs some
.PHONY: test
test:
	@sh scripts/deps.sh test
	@bash scripts/test.sh $(T)

## check      the unit tests and the black-box cases only
.PHONY: check
check: all units
	@bash scripts/test.sh unit cases

## shortage   memory runs out at some 5,000 places of every command, one after the other
.PHONY: shortage
shortage: all
	@node tests/faults/run.mjs --bin $(BUILD)/attio --call alloc --points 218

## lint       format, layers, headers, generated files, cppcheck
.PHONY: lint
lint: all
	@bash scripts/lint.sh $(BUILD)

## bench      medians and ratios beside the official CLI and the bare engines
.PHONY: bench
bench: all
	@bash scripts/bench.sh $(BUILD)

## fuzz       libFuzzer on every target, FUZZ_TIME seconds each (needs clang)
FUZZ_TIME ?= 60
.PHONY: fuzz
fuzz:
	@$(MAKE) --no-print-directory BUILD=build/fuzz CC=clang SAN=address,undefined,fuzzer-no-link \
		build/fuzz/libattio.a
	@for target in $(FUZZ); do \
		clang $(ALL_CFLAGS) -O1 -g -fsanitize=address,undefined,fuzzer -o build/fuzz/$$target \
			tests/fuzz/$$target.c build/fuzz/libattio.a $(LIBS_NET) && \
		mkdir -p build/fuzz/corpus/$$target && \
		build/fuzz/$$target -max_total_time=$(FUZZ_TIME) -print_final_stats=0 -verbosity=0 \
			-artifact_prefix=build/fuzz/ build/fuzz/corpus/$$target \
			tests/fuzz/corpus/$${target#fuzz_} || exit 1; \
	done

## docs       write the man pages anew from the command table
.PHONY: docs
docs: all
	@sh scripts/manual.sh $(BUILD) man

## format     clang-format on all C files
.PHONY: format
format:
	@git ls-files -co --exclude-standard '*.c' '*.h' | xargs clang-format -i

# Formats what a migration writes; it brings nothing, so that it is copied as it is.
$(BUILD)/host/pretty.cjs: lib/migrate/pretty.cjs
	@mkdir -p $(@D)
	@cp $< $@

## install    into PREFIX (default /usr/local), staged below DESTDIR
NODE = $(firstword $(wildcard lib/deps/node/node_modules/*/bin/node))
TYPESCRIPT = $(firstword $(wildcard lib/deps/node_modules/@typescript/*/lib/tsc))
at = $(DESTDIR)$(PREFIX)
# Modes are the same whatever the umask is.
PUT = install -m 644
.PHONY: install
install: all
	install -d -m 755 $(at)/bin $(at)/libexec/attio/typescript/lib $(at)/share/attio/host $(at)/share/attio/page $(at)/share/attio/testing $(at)/share/man/man1 \
		$(at)/share/bash-completion/completions $(at)/share/zsh/site-functions \
		$(at)/share/fish/vendor_completions.d $(at)/share/doc/attio/licences
	install -s -m 755 $(BUILD)/attio $(at)/bin/attio
	ln -sf attio $(at)/bin/attio-native
	install -s -m 755 $(BUILD)/attio-net $(at)/libexec/attio/attio-net
	install -s -m 755 $(BUILD)/attio-keychain $(at)/libexec/attio/attio-keychain
	install -m 755 $(ESBUILD) $(at)/libexec/attio/esbuild
	install -m 755 $(TYPESCRIPT) $(at)/libexec/attio/typescript/lib/tsc
	$(PUT) $(dir $(TYPESCRIPT))lib*.d.ts $(at)/libexec/attio/typescript/lib
	$(PUT) $(addprefix $(dir $(TYPESCRIPT))../,package.json LICENSE NOTICE.txt) $(at)/libexec/attio/typescript
	rm -rf $(at)/share/attio/templates
	find templates -type d -exec install -d -m 755 $(at)/share/attio/{} ';'
	find templates -type f -exec $(PUT) {} $(at)/share/attio/{} ';'
	rm -f $(at)/share/attio/host/*
	$(PUT) $(BUILD)/host/*js $(BUILD)/host/id $(at)/share/attio/host
	$(PUT) lib/testing/*.js lib/testing/*.d.ts lib/testing/package.json $(at)/share/attio/testing
	rm -rf $(at)/share/attio/page/*
	$(PUT) $(wildcard $(BUILD)/page/*.*) $(at)/share/attio/page
	$(if $(NODE),install -m 755 $(NODE) $(at)/libexec/attio/node)
	$(PUT) man/*.1 $(at)/share/man/man1
	$(PUT) LICENSE README.md CHANGELOG.md $(at)/share/doc/attio
	sh scripts/licences.sh $(at)/share/doc/attio/licences
	for shell in bash zsh fish; do $(BUILD)/attio completion $$shell >$(BUILD)/completion.$$shell || exit 1; done
	$(PUT) $(BUILD)/completion.bash $(at)/share/bash-completion/completions/attio
	ln -sf attio $(at)/share/bash-completion/completions/attio-native
	ln -sf attio.fish $(at)/share/fish/vendor_completions.d/attio-native.fish
	$(PUT) $(BUILD)/completion.zsh $(at)/share/zsh/site-functions/_attio
	$(PUT) $(BUILD)/completion.fish $(at)/share/fish/vendor_completions.d/attio.fish

## uninstall  remove what install put there
.PHONY: uninstall
uninstall:
	rm -rf $(at)/bin/attio $(at)/bin/attio-native $(at)/libexec/attio $(at)/share/attio $(at)/share/doc/attio \
		$(addprefix $(at)/share/man/man1/,$(notdir $(wildcard man/*.1))) \
		$(addprefix $(at)/share/bash-completion/completions/,attio attio-native) $(at)/share/zsh/site-functions/_attio \
		$(addprefix $(at)/share/fish/vendor_completions.d/,attio.fish attio-native.fish)

## clean      remove everything that was built
.PHONY: clean
clean:
	rm -rf build

## help       this list
.PHONY: help
help:
	@echo 'make            build/attio and build/attio-net'
	@sed -n 's/^## /make /p' Makefile
	@echo 'Variables: BUILD=dir  CC=clang  SAN=address,undefined  PLAIN=1  WERROR=1  PREFIX  DESTDIR  T=suites'

-include $(shell find $(BUILD)/obj $(BUILD)/unit -name '*.d' 2>/dev/null)
