/* The plan as a whole: what is read, what stands against it, what happens to each file, and the
 * steps in the order in which they are told. */
#include "migrate/migrate.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "migrate/internal.h"
#include "sys/path.h"

static struct job *add_job(struct work *work, const struct module *module, const char *to)
{
	struct job *job = arena_push(work->arena, &work->jobs, &work->job_count, sizeof(*job));

	job->from = module->path;
	job->to = to;
	job->module = module;
	return job;
}

static bool parses(struct work *work)
{
	bool fine = true;

	for (size_t i = 0; i < work->app->module_count; i++) {
		const struct module *module = work->app->modules[i];

		if (!syntax_is_broken(&module->syntax) || !path_is_under(module->path, "src"))
			continue;
		block_plan(work, "parse-error",
			   "the file has a syntax error: `attio validate` tells it", module->path,
			   NULL, NULL, NULL);
		fine = false;
	}
	return fine;
}

/* Whether app.ts can go: nothing but imports, and an `app` of which nothing is left. */
static bool is_empty(const struct work *work, struct node value, bool top)
{
	const struct syntax *syntax = value.of;

	value = node_unwrap(value);
	if (node_is(value, NODE_ARRAY)) {
		for (struct node item = node_down_named(value); !node_is_null(item);
		     item = node_next_named(item)) {
			bool listed = node_is(item, NODE_COMMENT);

			for (size_t i = 0; i < work->surface_count && !listed; i++)
				listed = node_same(work->surfaces[i].listed, item);
			if (!listed)
				return false;
		}
		return true;
	}
	if (!node_is(value, NODE_OBJECT))
		return false;
	for (struct node member = node_down_named(value); !node_is_null(member);
	     member = node_next_named(member)) {
		static const char *const known[] = {"record", "object", "callRecording",
						    "settings"};
		struct node key = node_field(member, FIELD_KEY);
		char *name = node_is(key, NODE_STRING) ? node_string(syntax, work->arena, key)
						       : node_text(syntax, work->arena, key);
		bool fine = !top;

		if (node_is(member, NODE_COMMENT))
			continue;
		if (!node_is(member, NODE_PAIR))
			return false;
		for (size_t i = 0; i < ARRAY_LEN(known); i++)
			fine = fine || str_equal(name, known[i]);
		if (work->page_module != NULL && str_equal(name, "workspace"))
			continue;
		if (!fine || !is_empty(work, node_field(member, FIELD_VALUE), false))
			return false;
	}
	return true;
}

static bool is_needed(const struct work *work, const struct module *entry)
{
	for (size_t m = 0; m < work->app->module_count; m++) {
		const struct module *module = work->app->modules[m];

		for (size_t i = 0; i < module->facts.import_count && module != entry; i++)
			if (module->edges[i].module == entry)
				return true;
	}
	for (size_t i = 0; i < entry->facts.import_count; i++)
		if (!entry->facts.imports[i].has_clause &&
		    entry->facts.imports[i].kind == IMPORT_STATIC)
			return true;
	return false;
}

static bool entry_goes(struct work *work)
{
	const struct module *entry = work->app->entry;

	if (!is_empty(work, work->object, true) || is_needed(work, entry))
		return false;
	for (struct node statement = node_down_named(syntax_root(&entry->syntax));
	     !node_is_null(statement); statement = node_next_named(statement))
		if (!node_same(statement, work->entry_statement) &&
		    !node_is(statement, NODE_IMPORT_STATEMENT) && !node_is(statement, NODE_COMMENT))
			return false;
	return true;
}

static bool has_job(const struct work *work, const struct module *module)
{
	for (size_t i = 0; i < work->job_count; i++)
		if (work->jobs[i].module == module)
			return true;
	return false;
}

/* A module that imports something that moves has a job too; what comes of it may be nothing. */
static void add_importers(struct work *work)
{
	for (size_t m = 0; m < work->app->module_count; m++) {
		const struct module *module = work->app->modules[m];
		bool imports = false;

		for (size_t i = 0; i < module->facts.import_count && !imports; i++) {
			const struct edge *edge = &module->edges[i];
			const char *path =
				edge->kind == TARGET_MODULE ? edge->module->path : edge->file;

			imports = path != NULL && map_get(&work->moved, path) != NULL;
		}
		if (imports && !has_job(work, module))
			add_job(work, module, module->path);
	}
}

static void add_jobs(struct work *work)
{
	const struct module *entry = work->app->entry, *legacy = work->app->legacy_settings;
	bool found;

	for (size_t i = 0; i < work->surface_count; i++)
		if (!work->surfaces[i].there)
			add_job(work, work->surfaces[i].module, work->surfaces[i].to)->surface =
				&work->surfaces[i];
	if (legacy != NULL)
		add_job(work, legacy, "src/app/settings/schema.ts")->schema = true;
	if (work->page_module != NULL)
		add_job(work, work->page_module, "src/app/settings/page.tsx")->page = true;
	found = work->job_count > 0 || work->surface_count > 0;
	if (entry != NULL && found)
		add_job(work, entry, entry_goes(work) ? NULL : entry->path)->entry = true;
	for (size_t i = 0; i < work->job_count; i++)
		if (work->jobs[i].to != NULL && strcmp(work->jobs[i].to, work->jobs[i].from) != 0)
			map_set(&work->moved, work->jobs[i].from, work->jobs[i].to);
	add_importers(work);
}

static void add_file(struct work *work, struct job *job)
{
	struct migration *plan = work->plan;
	struct migrate_file *file;
	size_t len = 0;
	const char *bytes = rewrite_job(work, job, &len);
	bool stays = job->to != NULL && strcmp(job->from, job->to) == 0;

	if (stays && bytes == NULL)
		return;
	/* What moves as it is is laid out like the rest. */
	if (bytes == NULL && job->to != NULL && job->module != NULL && !job->block) {
		bytes = job->module->text->bytes;
		len = job->module->text->len;
	}
	file = arena_push(work->arena, &plan->files, &plan->file_count, sizeof(*file));
	*file = (struct migrate_file){job->from, job->to, bytes, len,
				      job->to != NULL && job->module != NULL && !job->block};
}

static void add_moves(struct work *work)
{
	for (size_t i = 0; i < work->job_count; i++) {
		const struct job *job = &work->jobs[i];
		const struct surface *surface = job->surface;
		struct migrate_op *op = NULL;
		const char *rest = NULL;

		if (surface != NULL) {
			op = add_op(work, "move-extension", surface->id);
			op->extension = surface->id;
			op->type = surface->type;
			op->symbol = surface->symbol;
		} else if (job->schema) {
			op = add_op(work, "create-settings-schema", "workspace");
			op->symbol = "workspace";
		} else if (job->page) {
			op = add_op(work, "create-settings-page", "workspace");
			op->symbol = "Page";
		} else if (job->block) {
			rest = job->from + strlen("src/blocks/");
			op = add_op(work, "move-block", rest);
			op->symbol = arena_strndup(work->arena, rest, strcspn(rest, "/"));
		} else if (map_get(&work->moved, job->from) != NULL) {
			bool webhook = path_is_under(job->from, "src/webhooks");

			rest = job->from + strlen(webhook ? "src/webhooks/" : "src/events/");
			rest = arena_strndup(work->arena, rest,
					     strlen(rest) -
						     strlen(webhook ? ".webhook.ts" : ".event.ts"));
			op = add_op(work, webhook ? "move-webhook" : "move-event", rest);
			op->symbol = rest;
		}
		if (op == NULL)
			continue;
		op->from = job->from;
		op->to = job->to;
	}
}

static void add_rewrites(struct work *work)
{
	for (size_t i = 0; i < work->surface_count; i++) {
		const struct surface *surface = &work->surfaces[i];
		struct migrate_op *op;

		if (!surface->there) {
			op = add_op(work, "rewrite-extension-export", surface->id);
			op->path = surface->to;
			op->extension = surface->id;
			op->type = surface->type;
			op->symbol = surface->symbol;
		}
		op = add_op(work, "remove-app-registration",
			    arena_printf(work->arena, "%s:%s", surface->type, surface->id));
		op->path = work->app->entry->path;
		op->extension = surface->id;
		op->type = surface->type;
		op->symbol = surface->symbol;
	}
	for (size_t i = 0; i < work->job_count; i++)
		if (work->jobs[i].entry && work->jobs[i].to == NULL)
			add_op(work, "delete-empty-app-entry", "app")->path = work->jobs[i].from;
}

static size_t rank(const char *kind)
{
	static const char *const order[] = {"move-extension",
					    "rewrite-extension-export",
					    "rewrite-import",
					    "remove-app-registration",
					    "create-settings-schema",
					    "create-settings-page",
					    "rewrite-page-settings-call",
					    "move-block",
					    "move-event",
					    "move-webhook",
					    "delete-empty-app-entry"};
	size_t at = 0;

	while (at < ARRAY_LEN(order) && strcmp(order[at], kind) != 0)
		at++;
	return at;
}

/* Numbers at the end of an id count steps of one file. */
static int by_id(const char *a, const char *b)
{
	size_t left = strlen(a), right = strlen(b);
	const char *a_colon = strrchr(a, ':'), *b_colon = strrchr(b, ':');
	int order = strcasecmp(a, b);

	if (a_colon != NULL && b_colon != NULL && a_colon - a == b_colon - b &&
	    strncmp(a, b, (size_t)(a_colon - a)) == 0 && left != right &&
	    strspn(a_colon + 1, "0123456789") == strlen(a_colon + 1) &&
	    strspn(b_colon + 1, "0123456789") == strlen(b_colon + 1))
		return left < right ? -1 : 1;
	return order != 0 ? order : strcmp(a, b);
}

static int compare_ops(const void *a, const void *b)
{
	const struct migrate_op *left = a, *right = b;
	size_t left_rank = rank(left->kind), right_rank = rank(right->kind);

	if (left_rank != right_rank)
		return left_rank < right_rank ? -1 : 1;
	if (strcmp(left->kind, "rewrite-page-settings-call") == 0) {
		long one = strtol(strrchr(left->id, ':') + 1, NULL, 10);
		long two = strtol(strrchr(right->id, ':') + 1, NULL, 10);

		return one < two ? -1 : one > two;
	}
	return by_id(left->id, right->id);
}

static bool moves(const struct migrate_file *file)
{
	return file->to != NULL && strcmp(file->source, file->to) != 0;
}

static int compare_files(const void *a, const void *b)
{
	const struct migrate_file *left = a, *right = b;

	if (moves(left) != moves(right))
		return moves(left) ? -1 : 1;
	return strcasecmp(left->source, right->source) != 0
		       ? strcasecmp(left->source, right->source)
		       : strcmp(left->source, right->source);
}

static int compare_calls(const void *a, const void *b)
{
	const struct migrate_call *left = a, *right = b;
	int order = strcmp(left->file, right->file);

	if (order == 0)
		order = strcmp(left->symbol, right->symbol);
	return order != 0 ? order : strcmp(left->api, right->api);
}

static void sort(struct migration *plan)
{
	if (plan->op_count > 0)
		qsort(plan->ops, plan->op_count, sizeof(*plan->ops), compare_ops);
	if (plan->file_count > 0)
		qsort(plan->files, plan->file_count, sizeof(*plan->files), compare_files);
	if (plan->call_count > 0)
		qsort(plan->calls, plan->call_count, sizeof(*plan->calls), compare_calls);
}

static void make(struct work *work)
{
	struct migration *plan = work->plan;

	add_jobs(work);
	if (work->job_count == 0) {
		*(const char **)arena_push(work->arena, &plan->notes, &plan->note_count,
					   sizeof(*plan->notes)) =
			"there is nothing to migrate: no definition of the older layout was found";
		return;
	}
	for (size_t i = 0; i < work->job_count; i++)
		add_file(work, &work->jobs[i]);
	add_moves(work);
	add_rewrites(work);
	if (work->app->entry != NULL && plan->op_count > 0 &&
	    strcmp(plan->ops[plan->op_count - 1].kind, "delete-empty-app-entry") != 0)
		*(const char **)arena_push(work->arena, &plan->notes, &plan->note_count,
					   sizeof(*plan->notes)) =
			arena_printf(work->arena, "%s stays: there is more in it than the lists",
				     work->app->entry->path);
}

void migrate_plan(struct migration *plan, const struct app *app, struct arena *arena)
{
	struct work work = {.plan = plan, .app = app, .arena = arena};

	*plan = (struct migration){.arena = arena};
	if (parses(&work)) {
		read_surfaces(&work);
		read_settings(&work);
		read_handlers(&work);
		check_consumers(&work);
		find_calls(&work);
	}
	if (plan->blocker_count == 0)
		make(&work);
	sort(plan);
	map_dispose(&work.moved);
}
