/* Hosts and environment variables, read off the scripts that are published: what a package brings
 * is as much the app's as its own code. Only what stands there in plain: an address in a literal,
 * of a template what is known of it, `process.env.NAME`. */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "platform/inventory.h"
#include "platform/notice.h"
#include "source/syntax.h"

#define HOST_LIMIT 260

struct looking {
	struct inventory *inventory;
	const struct syntax *syntax;
	struct arena *arena;
	const char **aliases; /* names of constants that are process.env */
	size_t alias_count;
};

/* Where the host of an address begins; NULL: it is none. */
static const char *after_scheme(const char *text)
{
	static const char *const schemes[] = {"https://", "http://", "wss://", "ws://"};

	for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
		if (strncasecmp(text, schemes[i], strlen(schemes[i])) == 0)
			return text + strlen(schemes[i]);
	return NULL;
}

/* `text` may hold "*" for what is not known. */
static void add_address(struct looking *looking, const char *text)
{
	const char *host = after_scheme(text + strspn(text, " \t\r\n"));
	char name[HOST_LIMIT];
	const char *user;
	size_t len;
	bool known = false;

	if (host == NULL)
		return;
	len = strcspn(host, "/?#\\ \t\r\n\"'`<>|,;)");
	user = memchr(host, '@', len);
	if (user != NULL) {
		len -= (size_t)(user + 1 - host);
		host = user + 1;
	}
	if (len == 0 || len >= sizeof(name))
		return;
	for (size_t i = 0; i < len; i++) {
		char c = host[i];

		name[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
		known = known || (c != '*' && c != '.' && c != ':');
	}
	name[len] = '\0';
	if (known)
		inventory_thing(looking->inventory, "host", name);
}

static void add_template(struct looking *looking, struct node node)
{
	struct buf text = {0};
	size_t at = node_start(node) + 1;
	const char *bytes = looking->syntax->bytes;

	for (struct node child = node_down_named(node); !node_is_null(child);
	     child = node_next_named(child)) {
		if (!node_is(child, NODE_TEMPLATE_SUBSTITUTION))
			continue;
		buf_add(&text, bytes + at, node_start(child) - at);
		buf_putc(&text, '*');
		at = node_end(child);
	}
	if (node_end(node) > at)
		buf_add(&text, bytes + at, node_end(node) - 1 - at);
	add_address(looking, buf_cstr(&text));
	buf_dispose(&text);
}

static bool is_environment(const struct looking *looking, struct node node)
{
	static const char *const spelled[] = {"process.env", "globalThis.process.env",
					      "process[\"env\"]"};
	size_t len;
	const char *text;

	node = node_unwrap(node);
	if (node_is_null(node))
		return false;
	text = node_bytes(looking->syntax, node, &len);
	for (size_t i = 0; i < ARRAY_LEN(spelled); i++)
		if (strlen(spelled[i]) == len && memcmp(text, spelled[i], len) == 0)
			return true;
	if (!node_is(node, NODE_IDENTIFIER))
		return false;
	for (size_t i = 0; i < looking->alias_count; i++)
		if (strlen(looking->aliases[i]) == len &&
		    memcmp(text, looking->aliases[i], len) == 0)
			return true;
	return false;
}

static void add_variable(struct looking *looking, const char *name)
{
	if (name != NULL && *name != '\0' && !str_is(name, "NODE_ENV"))
		inventory_thing(looking->inventory, "environment", name);
}

static void see_declarator(struct looking *looking, struct node node)
{
	struct node name = node_field(node, FIELD_NAME);

	if (!is_environment(looking, node_field(node, FIELD_VALUE)))
		return;
	if (node_is(name, NODE_IDENTIFIER)) {
		const char **slot = arena_push(looking->arena, &looking->aliases,
					       &looking->alias_count, sizeof(*slot));

		*slot = node_text(looking->syntax, looking->arena, name);
		return;
	}
	if (!node_is(name, NODE_OBJECT_PATTERN))
		return;
	for (struct node item = node_down_named(name); !node_is_null(item);
	     item = node_next_named(item)) {
		struct node key = node_pattern_key(item);

		if (node_is(key, NODE_STRING))
			add_variable(looking, node_string(looking->syntax, looking->arena, key));
		else if (node_is(key, NODE_SHORTHAND_PROPERTY_IDENTIFIER_PATTERN) ||
			 node_is(key, NODE_PROPERTY_IDENTIFIER))
			add_variable(looking, node_text(looking->syntax, looking->arena, key));
	}
}

static bool see(struct node node, void *payload)
{
	struct looking *looking = payload;
	struct node index;

	switch (node_kind(node)) {
	case NODE_STRING:
		add_address(looking, node_string(looking->syntax, looking->arena, node));
		return false;
	case NODE_TEMPLATE_STRING:
		add_template(looking, node);
		return true;
	case NODE_MEMBER_EXPRESSION:
		if (is_environment(looking, node_field(node, FIELD_OBJECT)))
			add_variable(looking, node_text(looking->syntax, looking->arena,
							node_field(node, FIELD_PROPERTY)));
		return true;
	case NODE_SUBSCRIPT_EXPRESSION:
		index = node_unwrap(node_field(node, FIELD_INDEX));
		if (is_environment(looking, node_field(node, FIELD_OBJECT)))
			add_variable(looking, node_string(looking->syntax, looking->arena, index));
		return true;
	case NODE_VARIABLE_DECLARATOR:
		see_declarator(looking, node);
		return true;
	default:
		return true;
	}
}

void outside_add(struct inventory *inventory, const char *path, const char *bytes, size_t len)
{
	struct looking looking = {.inventory = inventory, .arena = arena_new()};
	struct syntax syntax;

	syntax_parse(&syntax, path, DIALECT_TSX, bytes, len);
	looking.syntax = &syntax;
	node_walk(syntax_root(&syntax), see, &looking);
	syntax_dispose(&syntax);
	arena_free(looking.arena);
}
