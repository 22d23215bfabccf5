/* Reading declarations; see the header. A module's exports are followed through its re-exports to
 * what declares them, and the type of a declared object or of a hook's answer to its members. */
#include "local/parity/surface.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "source/facts.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"

enum {
	FILE_LIMIT = 4 << 20,
	DEPTH = 24,    /* of re-exports, and of types inside of each other */
	VALUES = 10000 /* types that hold themselves end somewhere */
};

/* One file of declarations. */
struct unit {
	const char *path;
	struct syntax syntax;
	struct facts facts;
};

struct reader {
	struct arena *arena;
	struct bounds *bounds;
	const char *module; /* whose values are being read */
	struct map units;   /* path -> struct unit */
	struct map known;   /* names of this module's values */
	struct sdk_value **values;
	size_t *count;
	struct error *error;
	bool failed;
};

/* Where something is declared. */
struct declared_at {
	struct unit *unit; /* NULL: nowhere, or outside of the package */
	struct node node;
};

static void read_members(struct reader *reader, struct unit *unit, struct node type,
			 const char *prefix, bool components, unsigned depth);

static int read_file(struct reader *reader, const char *path, char **bytes, size_t *len)
{
	const char *real = fs_real_path(reader->arena, path, reader->error);

	if (real == NULL)
		return -1;
	/* The package may be a linked one. */
	if (!bounds_takes(reader->bounds, real))
		return error_set(reader->error, ERROR_SYSTEM,
				 "`%s` is behind a link that leads out of the app's folder", path);
	return fs_read(reader->arena, real, FILE_LIMIT, bytes, len, reader->error);
}

static struct unit *open_unit(struct reader *reader, const char *path)
{
	struct unit *unit = map_get(&reader->units, path);
	char *bytes;
	size_t len;

	if (unit != NULL)
		return unit;
	if (read_file(reader, path, &bytes, &len) != 0) {
		reader->failed = true;
		return NULL;
	}
	unit = arena_alloc(reader->arena, sizeof(*unit));
	unit->path = arena_strdup(reader->arena, path);
	syntax_parse(&unit->syntax, unit->path, DIALECT_TS, bytes, len);
	facts_read(&unit->facts, &unit->syntax, reader->arena);
	map_set(&reader->units, unit->path, unit);
	return unit;
}

/* The unit that "./x.js" means; NULL for a module of another package. */
static struct unit *follow(struct reader *reader, const struct unit *unit, int import)
{
	const char *specifier = unit->facts.imports[import].specifier;
	size_t len = strlen(specifier);

	if (specifier[0] != '.')
		return NULL;
	if (str_ends(specifier, ".js"))
		len -= 3;
	return open_unit(reader,
			 path_join(reader->arena, path_dir(reader->arena, unit->path),
				   arena_printf(reader->arena, "%.*s.d.ts", (int)len, specifier)));
}

static bool is_value(struct node node)
{
	switch (node_kind(node)) {
	case NODE_VARIABLE_DECLARATOR:
	case NODE_FUNCTION_SIGNATURE:
	case NODE_FUNCTION_DECLARATION:
	case NODE_CLASS_DECLARATION:
	case NODE_ABSTRACT_CLASS_DECLARATION:
	case NODE_ENUM_DECLARATION:
		return true;
	default:
		return false;
	}
}

static bool is_type(struct node node)
{
	return node_is(node, NODE_INTERFACE_DECLARATION) ||
	       node_is(node, NODE_TYPE_ALIAS_DECLARATION);
}

static struct declared_at find_export(struct reader *reader, struct unit *unit, const char *name,
				      bool type, unsigned depth);

/* What a name at the top of a unit stands for: a value, or a type. */
static struct declared_at find_name(struct reader *reader, struct unit *unit, const char *name,
				    bool type, unsigned depth)
{
	for (size_t i = 0; i < unit->facts.binding_count; i++) {
		const struct binding *binding = &unit->facts.bindings[i];
		struct unit *other;

		if (strcmp(binding->name, name) != 0)
			continue;
		if (binding->import < 0) {
			if (type ? is_type(binding->node) : is_value(binding->node))
				return (struct declared_at){unit, binding->node};
			continue;
		}
		other = follow(reader, unit, binding->import);
		if (other != NULL)
			return find_export(reader, other, binding->imported, type, depth + 1);
	}
	return (struct declared_at){0};
}

static struct declared_at find_export(struct reader *reader, struct unit *unit, const char *name,
				      bool type, unsigned depth)
{
	struct declared_at found = {0};

	for (size_t i = 0; i < unit->facts.export_count && depth < DEPTH; i++) {
		const struct export *export = &unit->facts.exports[i];
		bool all = strcmp(export->name, "*") == 0;
		struct unit *other;

		if (!all && strcmp(export->name, name) != 0)
			continue;
		if (export->import < 0) {
			found = find_name(reader, unit,
					  export->local != NULL ? export->local : name, type,
					  depth);
		} else {
			other = follow(reader, unit, export->import);
			if (other != NULL)
				found = find_export(reader, other, all ? name : export->imported,
						    type, depth + 1);
		}
		if (found.unit != NULL)
			return found;
	}
	return found;
}

static void add(struct reader *reader, const char *name)
{
	struct sdk_value *value;

	if (map_get(&reader->known, name) != NULL)
		return;
	map_set(&reader->known, name, name);
	value = arena_push(reader->arena, reader->values, reader->count, sizeof(*value));
	value->module = reader->module;
	value->name = name;
}

/* ---- members ---- */

static void read_member(struct reader *reader, struct unit *unit, struct node member,
			const char *prefix, bool components, unsigned depth)
{
	const struct syntax *syntax = &unit->syntax;
	const char *name = node_text(syntax, reader->arena, node_field(member, FIELD_NAME));
	bool property = node_is(member, NODE_PROPERTY_SIGNATURE);

	if ((!property && !node_is(member, NODE_METHOD_SIGNATURE)) ||
	    (!isalpha((unsigned char)name[0])) || (components && !isupper((unsigned char)name[0])))
		return;
	name = arena_printf(reader->arena, "%s.%s", prefix, name);
	add(reader, name);
	if (property)
		read_members(reader, unit, node_field(member, FIELD_TYPE), name, true, depth + 1);
}

static void read_named(struct reader *reader, struct unit *unit, struct node type,
		       const char *prefix, bool components, unsigned depth)
{
	const char *name = node_text(&unit->syntax, reader->arena, type);
	struct declared_at found = find_name(reader, unit, name, true, 0);

	if (found.unit == NULL)
		return;
	if (node_is(found.node, NODE_TYPE_ALIAS_DECLARATION))
		read_members(reader, found.unit, node_field(found.node, FIELD_VALUE), prefix,
			     components, depth + 1);
	else
		read_members(reader, found.unit, node_field(found.node, FIELD_BODY), prefix,
			     components, depth + 1);
}

/* The members of a type that is an object, or an intersection with one. `components`: those with a
 * capital letter only. */
static void read_members(struct reader *reader, struct unit *unit, struct node type,
			 const char *prefix, bool components, unsigned depth)
{
	if (depth >= DEPTH || *reader->count >= VALUES)
		return;
	switch (node_kind(type)) {
	case NODE_TYPE_ANNOTATION:
	case NODE_PARENTHESIZED_TYPE:
	case NODE_INTERSECTION_TYPE:
		for (struct node part = node_down_named(type); !node_is_null(part);
		     part = node_next_named(part))
			read_members(reader, unit, part, prefix, components, depth + 1);
		break;
	case NODE_OBJECT_TYPE:
	case NODE_INTERFACE_BODY:
		for (struct node member = node_down_named(type); !node_is_null(member);
		     member = node_next_named(member))
			read_member(reader, unit, member, prefix, components, depth);
		break;
	case NODE_GENERIC_TYPE:
		read_named(reader, unit, node_first(type), prefix, components, depth);
		break;
	case NODE_TYPE_IDENTIFIER:
		read_named(reader, unit, type, prefix, components, depth);
		break;
	default:
		break;
	}
}

static void read_value(struct reader *reader, struct declared_at at, const char *name)
{
	add(reader, name);
	if (node_is(at.node, NODE_VARIABLE_DECLARATOR))
		read_members(reader, at.unit, node_field(at.node, FIELD_TYPE), name, false, 0);
	else if (node_is(at.node, NODE_FUNCTION_SIGNATURE))
		read_members(reader, at.unit, node_field(at.node, FIELD_RETURN_TYPE),
			     arena_printf(reader->arena, "%s()", name), true, 0);
}

/* ---- exports ---- */

static void read_exports(struct reader *reader, struct unit *unit, const char *prefix,
			 unsigned depth);

static void read_export(struct reader *reader, struct unit *unit, const struct export *export,
			const char *prefix, unsigned depth)
{
	const char *name = arena_printf(reader->arena, "%s%s", prefix, export->name);
	struct declared_at found;
	struct unit *other;

	/* A declaration counts as a type for who looks for code, and is what is wanted here. */
	if (export->import >= 0 && export->type_only)
		return;
	if (export->import >= 0 && strcmp(export->imported, "*") == 0) {
		other = follow(reader, unit, export->import);
		if (other != NULL)
			read_exports(reader, other,
				     strcmp(export->name, "*") == 0
					     ? prefix
					     : arena_printf(reader->arena, "%s.", name),
				     depth + 1);
		return;
	}
	found = find_export(reader, unit, export->name, false, 0);
	if (found.unit != NULL)
		read_value(reader, found, name);
}

static void read_exports(struct reader *reader, struct unit *unit, const char *prefix,
			 unsigned depth)
{
	for (size_t i = 0; i < unit->facts.export_count && depth < DEPTH; i++) {
		if (strcmp(unit->facts.exports[i].name, "default") != 0)
			read_export(reader, unit, &unit->facts.exports[i], prefix, depth);
	}
}

/* The declarations that package.json names for one of its entries: ".", "./client". */
static const char *types_of(const cJSON *manifest, const char *entry)
{
	const cJSON *exports = cJSON_GetObjectItemCaseSensitive(manifest, "exports");

	return json_string_or_null(cJSON_GetObjectItemCaseSensitive(exports, entry), "types");
}

static int read_module(struct reader *reader, const char *package, const cJSON *manifest,
		       const char *entry)
{
	const char *types = types_of(manifest, entry);
	struct unit *unit;

	if (types == NULL) {
		error_set(reader->error, ERROR_TOOL, "the SDK in `%s` has no declarations of `%s`",
			  package, reader->module);
		return error_fix(reader->error, "install the packages again");
	}
	unit = open_unit(reader, path_join(reader->arena, package, types));
	if (unit != NULL)
		read_exports(reader, unit, "", 0);
	map_dispose(&reader->known);
	reader->known = (struct map){0};
	return reader->failed ? -1 : 0;
}

int surface_read(struct arena *arena, struct bounds *bounds, const char *package,
		 struct sdk_value **values, size_t *count, struct error *error)
{
	static const char *const modules[][2] = {
		{"attio", "."}, {"attio/client", "./client"}, {"attio/server", "./server"}};
	struct reader reader = {
		.arena = arena, .bounds = bounds, .values = values, .count = count, .error = error};
	const char *path = path_join(arena, package, "package.json");
	cJSON *manifest = NULL;
	char *text;
	size_t len;
	int result = read_file(&reader, path, &text, &len);

	*values = NULL;
	*count = 0;
	if (result == 0) {
		manifest = json_parse(text, len, path, NULL, error);
		result = manifest != NULL ? 0 : -1;
	}
	for (size_t i = 0; i < ARRAY_LEN(modules) && result == 0; i++) {
		reader.module = modules[i][0];
		result = read_module(&reader, package, manifest, modules[i][1]);
	}
	for (size_t i = 0; i < reader.units.count; i++)
		syntax_dispose(&((struct unit *)reader.units.entries[i].value)->syntax);
	map_dispose(&reader.units);
	cJSON_Delete(manifest);
	return result;
}
