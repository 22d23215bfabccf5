/* A text on its way: each step reads what the one before it left. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "migrate/internal.h"

void draft_open(struct draft *draft, struct arena *arena, const char *path, const char *bytes,
		size_t len)
{
	enum dialect dialect = DIALECT_TSX;

	*draft = (struct draft){.arena = arena, .path = path, .bytes = bytes, .len = len};
	dialect_of(path, &dialect);
	syntax_parse(&draft->syntax, path, dialect, bytes, len);
	facts_read(&draft->facts, &draft->syntax, arena);
}

void draft_close(struct draft *draft)
{
	syntax_dispose(&draft->syntax);
}

void draft_apply(struct draft *draft, struct changes *changes)
{
	size_t len;
	const char *bytes;

	if (changes->count == 0)
		return;
	bytes = change_apply(draft->arena, draft->bytes, draft->len, changes, &len);
	draft_close(draft);
	draft_open(draft, draft->arena, draft->path, bytes, len);
}

struct search {
	const struct draft *draft;
	const char *name;
	bool found;
};

/* A name that another module's exports are listed by is no use of it. */
static bool names_elsewhere(struct node node)
{
	struct node specifier = node_parent(node);

	if (!node_is(specifier, NODE_EXPORT_SPECIFIER))
		return false;
	return node_role(node) == FIELD_ALIAS ||
	       !node_is_null(node_field(node_parent(node_parent(specifier)), FIELD_SOURCE));
}

static bool look_at(struct node node, void *payload)
{
	struct search *search = payload;
	struct declared declared;

	switch (node_kind(node)) {
	case NODE_IMPORT_STATEMENT:
		return false;
	case NODE_IDENTIFIER:
	case NODE_TYPE_IDENTIFIER:
	case NODE_SHORTHAND_PROPERTY_IDENTIFIER:
		if (!search->found && node_text_is(node.of, node, search->name) &&
		    !names_elsewhere(node) &&
		    !facts_local(&search->draft->facts, search->name, node_start(node), &declared))
			search->found = true;
		break;
	default:
		break;
	}
	return !search->found;
}

bool draft_uses(const struct draft *draft, const char *name)
{
	struct search search = {.draft = draft, .name = name};

	node_walk(syntax_root(&draft->syntax), look_at, &search);
	return search.found;
}

static struct node child_of(struct node node, enum node_kind kind)
{
	struct node child = node_down_named(node);

	while (!node_is_null(child) && !node_is(child, kind))
		child = node_next_named(child);
	return child;
}

/* The local name of an import's specifier. */
static const char *local_name(const struct draft *draft, struct node specifier)
{
	struct node alias = node_field(specifier, FIELD_ALIAS);

	return node_text(&draft->syntax, draft->arena,
			 node_is_null(alias) ? node_field(specifier, FIELD_NAME) : alias);
}

/* The clause of an import without what nothing uses, "" when nothing is left of it. */
static const char *used_clause(const struct draft *draft, struct node clause)
{
	struct buf out = {0}, names = {0};
	const char *text;

	for (struct node part = node_down_named(clause); !node_is_null(part);
	     part = node_next_named(part)) {
		if (node_is(part, NODE_IDENTIFIER)) {
			text = node_text(&draft->syntax, draft->arena, part);
			if (draft_uses(draft, text))
				buf_puts(&out, text);
		} else if (node_is(part, NODE_NAMESPACE_IMPORT)) {
			text = node_text(&draft->syntax, draft->arena, node_last(part));
			if (draft_uses(draft, text))
				buf_printf(&out, "%s* as %s", out.len > 0 ? ", " : "", text);
		} else if (node_is(part, NODE_NAMED_IMPORTS)) {
			for (struct node one = node_down_named(part); !node_is_null(one);
			     one = node_next_named(one))
				if (node_is(one, NODE_IMPORT_SPECIFIER) &&
				    draft_uses(draft, local_name(draft, one)))
					buf_printf(&names, "%s%s", names.len > 0 ? ", " : "",
						   node_text(&draft->syntax, draft->arena, one));
		}
	}
	if (names.len > 0)
		buf_printf(&out, "%s{%s}", out.len > 0 ? ", " : "", buf_cstr(&names));
	text = arena_strdup(draft->arena, buf_cstr(&out));
	buf_dispose(&out);
	buf_dispose(&names);
	return text;
}

static size_t count_names(struct node clause)
{
	struct node named = child_of(clause, NODE_NAMED_IMPORTS);
	size_t count = 0;

	for (struct node part = node_down_named(clause); !node_is_null(part);
	     part = node_next_named(part))
		if (node_is(part, NODE_IDENTIFIER) || node_is(part, NODE_NAMESPACE_IMPORT))
			count++;
	for (struct node one = node_down_named(named); !node_is_null(one);
	     one = node_next_named(one))
		if (node_is(one, NODE_IMPORT_SPECIFIER))
			count++;
	return count;
}

static size_t count_used(const struct draft *draft, struct node clause)
{
	struct node named = child_of(clause, NODE_NAMED_IMPORTS);
	size_t count = 0;

	for (struct node part = node_down_named(clause); !node_is_null(part);
	     part = node_next_named(part)) {
		struct node name = node_is(part, NODE_NAMESPACE_IMPORT) ? node_last(part) : part;

		if (node_is(name, NODE_IDENTIFIER) &&
		    draft_uses(draft, node_text(&draft->syntax, draft->arena, name)))
			count++;
	}
	for (struct node one = node_down_named(named); !node_is_null(one);
	     one = node_next_named(one))
		if (node_is(one, NODE_IMPORT_SPECIFIER) &&
		    draft_uses(draft, local_name(draft, one)))
			count++;
	return count;
}

void draft_drop_unused(struct draft *draft)
{
	struct changes changes = {0};
	struct node *gone = NULL;
	size_t gone_count = 0;

	for (struct node child = node_down_named(syntax_root(&draft->syntax)); !node_is_null(child);
	     child = node_next_named(child)) {
		struct node clause = child_of(child, NODE_IMPORT_CLAUSE);
		size_t names, used;

		if (!node_is(child, NODE_IMPORT_STATEMENT) || node_is_null(clause))
			continue;
		names = count_names(clause);
		used = count_used(draft, clause);
		if (names == 0 || used == names)
			continue;
		if (used == 0)
			*(struct node *)arena_push(draft->arena, &gone, &gone_count,
						   sizeof(*gone)) = child;
		else
			change_add(draft->arena, &changes, node_start(clause), node_end(clause),
				   used_clause(draft, clause));
	}
	/* One after the other: what is removed takes the blanks beside its neighbours along. */
	change_remove(draft->arena, &changes, &draft->syntax, gone, gone_count);
	draft_apply(draft, &changes);
}

static bool says_type(const struct draft *draft, struct node statement)
{
	struct node child = node_next(node_down(statement));

	return node_text_is(&draft->syntax, child, "type");
}

static bool imports_from(const struct draft *draft, struct node statement, const char *module)
{
	const char *text =
		node_string(&draft->syntax, draft->arena, node_field(statement, FIELD_SOURCE));

	return text != NULL && strcmp(text, module) == 0;
}

static void add_statement(struct draft *draft, struct changes *changes, struct node last,
			  const char *text)
{
	struct arena *arena = draft->arena;
	struct node next, first = node_down_named(syntax_root(&draft->syntax));

	if (node_is_null(last)) {
		while (node_is(first, NODE_HASH_BANG_LINE))
			first = node_next_named(first);
		change_add(arena, changes, node_is_null(first) ? draft->len : node_start(first),
			   node_is_null(first) ? draft->len : node_start(first),
			   arena_printf(arena, "%s\n\n", text));
		return;
	}
	next = node_next_named(last);
	change_add(arena, changes, node_end(last),
		   node_is_null(next) ? draft->len : node_start(next),
		   arena_printf(arena, "\n%s%s", text, node_is_null(next) ? "\n" : "\n\n"));
}

void draft_import(struct draft *draft, const char *name, const char *module, bool by_default)
{
	struct node last = {0}, into = {0};
	struct changes changes = {0};

	for (struct node child = node_down_named(syntax_root(&draft->syntax)); !node_is_null(child);
	     child = node_next_named(child)) {
		struct node named;

		if (!node_is(child, NODE_IMPORT_STATEMENT))
			continue;
		last = child;
		named = child_of(child_of(child, NODE_IMPORT_CLAUSE), NODE_NAMED_IMPORTS);
		if (!by_default && node_is_null(into) && !node_is_null(named) &&
		    !says_type(draft, child) && imports_from(draft, child, module))
			into = named;
	}
	if (node_is_null(into)) {
		add_statement(draft, &changes, last,
			      arena_printf(draft->arena, "import %s%s%s from \"%s\"",
					   by_default ? "" : "{", name, by_default ? "" : "}",
					   module));
	} else {
		struct node spec = node_last(into);
		size_t end = node_is_null(spec) ? node_start(into) + 1 : node_end(spec);

		change_add(draft->arena, &changes, end, end,
			   arena_printf(draft->arena, node_is_null(spec) ? "%s" : ", %s", name));
	}
	draft_apply(draft, &changes);
}
