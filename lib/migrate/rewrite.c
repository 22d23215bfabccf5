/* The texts after the migration, file by file. What is declared is written anew first, with the
 * offsets of the model; then the text is read again, and its imports follow. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "migrate/internal.h"

static const char *const byte_order_mark = "\xef\xbb\xbf";

/* Statements that go: the exports of `name` in lists and by default. */
struct gone {
	struct node *items;
	size_t count;
};

static void add_gone(struct work *work, struct gone *gone, struct node statement)
{
	for (size_t i = 0; i < gone->count; i++)
		if (node_same(gone->items[i], statement))
			return;
	*(struct node *)arena_push(work->arena, &gone->items, &gone->count, sizeof(*gone->items)) =
		statement;
}

/* `export default one` goes as a whole, of `export {one, two}` the name. */
static void drop_exports(struct work *work, const struct module *module, const char *name,
			 struct node keep, struct gone *gone, struct changes *changes)
{
	const struct facts *facts = &module->facts;

	for (size_t i = 0; i < facts->export_count; i++) {
		const struct export *export = &facts->exports[i];
		struct node statement, spec;

		if (export->local == NULL || strcmp(export->local, name) != 0)
			continue;
		spec = syntax_node_at(&module->syntax, export->place.start, export->place.end);
		statement = top_statement(spec);
		if (node_same(statement, keep))
			continue;
		while (!node_is(spec, NODE_EXPORT_SPECIFIER) && !node_same(spec, statement))
			spec = node_parent(spec);
		if (node_is(spec, NODE_EXPORT_SPECIFIER) && node_count(node_parent(spec)) > 1) {
			size_t end = node_end(spec);

			while (end < module->syntax.len &&
			       strchr(" \t\r\n,", module->syntax.bytes[end]) != NULL)
				end++;
			change_add(work->arena, changes, node_start(spec), end, "");
		} else {
			add_gone(work, gone, statement);
		}
	}
}

static const char *put_type(struct work *work, const struct surface *surface)
{
	const char *text = node_text(&surface->module->syntax, work->arena, surface->object) + 1;
	const char *first = text + strspn(text, " \t");

	if (first[0] != '/')
		text += strspn(text, " \t\r\n");
	return arena_printf(work->arena,
			    "export default Extensions.defineExtension({\n  type: \"%s\",%s%s)",
			    surface->type, first[0] == '/' ? " " : "\n  ", text);
}

static void change_surface(struct work *work, const struct surface *surface,
			   struct changes *changes)
{
	struct gone gone = {0};

	change_add(work->arena, changes, node_start(surface->statement), node_end(surface->whole),
		   put_type(work, surface));
	if (strcmp(surface->symbol, "default") != 0)
		drop_exports(work, surface->module, surface->symbol, surface->statement, &gone,
			     changes);
	change_remove(work->arena, changes, &surface->module->syntax, gone.items, gone.count);
}

static void change_schema(struct work *work, const struct module *module, struct changes *changes)
{
	struct gone gone = {0};

	change_add(work->arena, changes, node_start(work->schema_exporting),
		   node_end(work->schema_exporting),
		   arena_printf(work->arena, "export default Settings.defineWorkspaceSchema(%s)",
				node_text(&module->syntax, work->arena, work->schema_object)));
	if (!node_same(work->schema_statement, work->schema_exporting))
		add_gone(work, &gone, work->schema_statement);
	change_remove(work->arena, changes, &module->syntax, gone.items, gone.count);
}

static bool rename_kind(struct node node, void *payload)
{
	static const char *const known[] = {"Settings.string", "Settings.number",
					    "Settings.boolean"};
	struct draft *draft = ((void **)payload)[0];
	struct changes *changes = ((void **)payload)[1];
	struct node callee = node_field(node, FIELD_FUNCTION);

	if (!node_is(node, NODE_CALL_EXPRESSION))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (node_text_is(node.of, callee, known[i]))
			change_add(draft->arena, changes, node_start(callee),
				   node_start(callee) + strlen("Settings"), "Settings.Schema");
	return true;
}

static const struct {
	const char *old, *now;
} page_calls[] = {
	{"useWorkspaceSettingsForm", "Settings.useForm"},
	{"useWorkspaceSettings", "Settings.useSettings"},
	{"getWorkspaceSettings", "Settings.getSettings"},
	{"getWorkspaceSetting", "Settings.getSettings"},
	{"setWorkspaceSetting", "Settings.setSettings"},
};

struct page_change {
	struct work *work;
	struct changes changes;
	size_t base;
	size_t count;
	const char *to;
};

static bool change_call(struct node node, void *payload)
{
	struct page_change *page = payload;
	struct node callee = node_field(node, FIELD_FUNCTION);
	struct node arguments = node_field(node, FIELD_ARGUMENTS);

	if (!node_is(node, NODE_CALL_EXPRESSION) || !node_is(callee, NODE_IDENTIFIER))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(page_calls); i++) {
		struct migrate_op *op;

		if (!node_text_is(node.of, callee, page_calls[i].old))
			continue;
		change_add(page->work->arena, &page->changes, node_start(node) - page->base,
			   node_start(arguments) + 1 - page->base,
			   arena_printf(page->work->arena, "%s(schema%s", page_calls[i].now,
					node_is_null(node_first(arguments)) ? "" : ", "));
		op = add_op(page->work, "rewrite-page-settings-call",
			    arena_printf(page->work->arena, "%s:%zu", page_calls[i].old,
					 ++page->count));
		op->path = page->to;
		op->api = page_calls[i].old;
	}
	return true;
}

/* The function as an arrow, with its calls of the older interface replaced. */
static const char *page_arrow(struct work *work, const struct job *job)
{
	struct node function = work->page_function, body = node_field(function, FIELD_BODY);
	struct page_change page = {.work = work, .base = node_start(function), .to = job->to};
	struct node parameters = node_field(function, FIELD_PARAMETERS);
	const char *text = node_text(&job->module->syntax, work->arena, function), *now;
	size_t len;

	node_walk(function, change_call, &page);
	if (node_is(function, NODE_ARROW_FUNCTION))
		return change_apply(work->arena, text, strlen(text), &page.changes, &len);
	change_add(work->arena, &page.changes, 0, node_start(parameters) - page.base,
		   node_is_async(function) ? "async " : "");
	change_add(work->arena, &page.changes, node_start(body) - page.base,
		   node_start(body) - page.base, "=> ");
	now = change_apply(work->arena, text, strlen(text), &page.changes, &len);
	return now;
}

static void change_page(struct work *work, struct job *job, struct changes *changes)
{
	const struct module *module = job->module;
	struct gone gone = {0};
	struct node declaration = node_field(work->page_settings, FIELD_DECLARATION);
	struct node name;

	if (node_is_null(declaration))
		declaration = work->page_settings;
	name = node_field(node_first(declaration), FIELD_NAME);
	change_add(work->arena, changes, node_start(work->page_statement),
		   node_end(work->page_statement),
		   arena_printf(work->arena,
				"export default Settings.defineWorkspacePage(schema, %s)",
				page_arrow(work, job)));
	add_gone(work, &gone, work->page_settings);
	drop_exports(work, module, work->page_symbol, work->page_statement, &gone, changes);
	if (!node_is_null(name))
		drop_exports(work, module, node_text(&module->syntax, work->arena, name),
			     work->page_settings, &gone, changes);
	change_remove(work->arena, changes, &module->syntax, gone.items, gone.count);
}

/* An element of a list with its comma; a comment behind it stays. */
static void drop_element(struct work *work, struct changes *changes, const struct syntax *syntax,
			 struct node element)
{
	size_t end = node_end(element), after;

	after = end + strspn(syntax->bytes + end, " \t\r\n");
	if (syntax->bytes[after] == ',') {
		end = after + 1;
		after = end + strspn(syntax->bytes + end, " \t\r\n");
		if (syntax->bytes[after] != '/')
			end = after;
	}
	change_add(work->arena, changes, node_start(element), end, "");
}

static void change_entry(struct work *work, const struct module *entry, struct changes *changes)
{
	struct node settings = object_member(&entry->syntax, work->arena, work->object, "settings");
	struct node page = {0};

	for (size_t i = 0; i < work->surface_count; i++)
		drop_element(work, changes, &entry->syntax, work->surfaces[i].listed);
	settings = node_unwrap(member_value(settings));
	if (work->page_module != NULL && node_is(settings, NODE_OBJECT))
		page = object_member(&entry->syntax, work->arena, settings, "workspace");
	if (!node_is_null(page))
		drop_element(work, changes, &entry->syntax, page);
}

static void add_imports(struct job *job, struct draft *draft)
{
	if (job->surface != NULL && facts_binding(&draft->facts, "Extensions") == NULL)
		draft_import(draft, "Extensions", "attio/client", false);
	if (job->page) {
		if (facts_binding(&draft->facts, "Settings") == NULL)
			draft_import(draft, "Settings", "attio/client", false);
		draft_import(draft, "schema", "./schema", true);
	}
	if (job->schema && facts_binding(&draft->facts, "Settings") == NULL)
		draft_import(draft, "Settings", "attio", false);
}

const char *rewrite_job(struct work *work, struct job *job, size_t *len)
{
	const struct module *module = job->module;
	struct changes changes = {0};
	struct draft draft;
	const char *bytes, *result;

	if (module == NULL || job->to == NULL)
		return NULL;
	if (job->surface != NULL)
		change_surface(work, job->surface, &changes);
	else if (job->schema)
		change_schema(work, module, &changes);
	else if (job->page)
		change_page(work, job, &changes);
	else if (job->entry)
		change_entry(work, module, &changes);
	bytes = change_apply(work->arena, module->text->bytes, module->text->len, &changes, len);
	if (str_starts(bytes, byte_order_mark) && !job->block) {
		bytes += strlen(byte_order_mark);
		*len -= strlen(byte_order_mark);
	}
	draft_open(&draft, work->arena, job->to, bytes, *len);
	if (job->schema) {
		struct changes kinds = {0};
		void *both[] = {&draft, &kinds};

		node_walk(syntax_root(&draft.syntax), rename_kind, both);
		draft_apply(&draft, &kinds);
	}
	if (job->surface != NULL || job->schema || job->page || job->entry)
		draft_drop_unused(&draft);
	change_imports(work, job, &draft);
	add_imports(job, &draft);
	result = draft.bytes;
	*len = draft.len;
	draft_close(&draft);
	if (*len == module->text->len && memcmp(result, module->text->bytes, *len) == 0)
		return NULL;
	return result;
}
