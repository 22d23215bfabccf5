# attio: the only build system. `make help` lists the targets.
# BUILD=dir keeps a second set of objects apart; SAN=address,undefined builds with sanitizers.

CC       ?= cc
BUILD    ?= build
PREFIX   ?= /usr/local
VERSION  := $(shell cat VERSION)
PKGS_LIGHT := libuv libcjson tree-sitter
PKGS_NET   := libgit2 libcurl libmicrohttpd sqlite3

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 \
	-Wwrite-strings -Wpointer-arith -Wundef -Wvla -Wimplicit-fallthrough -Wconversion
OPT  := -O2 -g -fstack-protector-strong
ifdef SAN
OPT  := -O1 -g -fno-omit-frame-pointer -fsanitize=$(SAN) -fno-sanitize-recover=all
endif
ifdef WERROR
WARN += -Werror
endif
DEFS := -D_GNU_SOURCE -D_DARWIN_C_SOURCE -DATTIO_VERSION='"$(VERSION)"'
INCS := -I. -Ilib $(shell pkg-config --cflags $(PKGS_LIGHT) $(PKGS_NET) 2>/dev/null)
ALL_CFLAGS  = -std=c17 $(WARN) $(OPT) $(DEFS) $(INCS) $(CFLAGS)
ALL_LDFLAGS = $(OPT) $(LDFLAGS)
LIBS_LIGHT  = $(shell pkg-config --libs $(PKGS_LIGHT))
LIBS_NET    = $(LIBS_LIGHT) $(shell pkg-config --libs $(PKGS_NET))
E_ = @printf '  %-5s %s\n'

GRAMMAR := lib/deps/node_modules/tree-sitter-typescript

# Two programs: `attio` starts without the network libraries (their loading alone takes 5 ms) and
# hands the commands of cli/net/ over to `attio-net`, which holds everything.
LIGHT_SRC := $(wildcard lib/base/*.c lib/sys/*.c lib/diag/*.c lib/json/*.c lib/source/*.c \
	lib/app/*.c lib/rules/*.c lib/bundle/*.c)
NET_SRC   := $(wildcard lib/git/*.c lib/http/*.c lib/platform/*.c lib/local/*.c lib/scaffold/*.c \
	cli/net/*.c)
CLI_SRC   := $(filter-out cli/main.c cli/handoff.c,$(wildcard cli/*.c))
obj = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
GRAMMAR_OBJ := $(addprefix $(BUILD)/grammar/,typescript.o typescript_scanner.o tsx.o tsx_scanner.o)
LIGHT_OBJ := $(call obj,$(LIGHT_SRC) $(CLI_SRC)) $(GRAMMAR_OBJ)
NET_OBJ   := $(call obj,$(NET_SRC))

.PHONY: all
all: $(BUILD)/attio $(BUILD)/attio-net

$(BUILD)/attio: $(call obj,cli/main.c cli/handoff.c) $(LIGHT_OBJ)
	$(E_) LINK $@
	@$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_LIGHT)

$(BUILD)/attio-net: $(call obj,cli/main.c) $(LIGHT_OBJ) $(NET_OBJ)
	$(E_) LINK $@
	@$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_NET)

$(BUILD)/obj/%.o: %.c VERSION
	$(E_) CC $<
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Generated C of the grammars: not ours to warn about; no debug info, it would be 10 MB.
$(BUILD)/grammar/%.o: $(GRAMMAR)/%/src/parser.c
	$(E_) CC $<
	@mkdir -p $(@D)
	@$(CC) -std=c11 -w -O2 -I$(GRAMMAR)/$*/src -c -o $@ $<
$(BUILD)/grammar/%_scanner.o: $(GRAMMAR)/%/src/scanner.c
	$(E_) CC $<
	@mkdir -p $(@D)
	@$(CC) -std=c11 -w -O2 -I$(GRAMMAR)/$*/src -c -o $@ $<

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

.PHONY: clean
clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD)/obj $(BUILD)/unit -name '*.d' 2>/dev/null)
