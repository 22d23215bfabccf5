/* The engine's verdicts: about texts that our own parser has doubts about while the app is opened,
 * and about all that get into a bundle where nobody bundles them afterwards (app_judge). The cache
 * of syntaxes keeps them, so that a warm run starts no engine. */
#include "app/internal.h"
#include "base/arena.h"
#include "base/error.h"
#include "source/cache.h"
#include "source/sources.h"

/* A text that our parser reads is not worth more: an engine that a monster of a file ends, or keeps
 * busy with what is in each other, takes all verdicts with it. */
#define TEXT_MAX ((size_t)1 << 20)
#define DEPTH_MAX 400

/* A small app is parsed without the cache; its verdicts are worth a look. */
static void recall(struct app *app, struct syntax *const *asked, size_t count)
{
	bool opened = false;
	const struct syntax_cache *cache =
		sources_cache(app->sources, app->cache, app->root, &opened);

	app->fills_cache = app->fills_cache || opened;
	for (size_t i = 0; cache != NULL && i < count; i++) {
		struct syntax *syntax = asked[i], kept;

		if (syntax->verdict.kind == VERDICT_NONE &&
		    syntax_cache_take(cache, &kept, syntax->path, syntax->dialect, syntax->bytes,
				      syntax->len))
			syntax->verdict = kept.verdict;
	}
}

/* A verdict is the source's, and so that of all apps that share it; that nobody could be asked is
 * not. */
static void hand_on(const struct module *module)
{
	const struct verdict *verdict = &module->syntax.verdict;
	struct source *source = module->source;

	if (verdict->kind == VERDICT_NONE || verdict->kind == VERDICT_UNKNOWN ||
	    source->syntax.verdict.judge == verdict->judge)
		return;
	source->syntax.verdict = *verdict;
	if (verdict->cause != NULL)
		source->syntax.verdict.cause = arena_strdup(source->arena, verdict->cause);
	if (verdict->remarks != NULL)
		source->syntax.verdict.remarks = arena_strdup(source->arena, verdict->remarks);
}

static void keep_shortage(const struct app *app, const struct syntax *syntax)
{
	const struct verdict *verdict = &syntax->verdict;
	struct error error;

	if (verdict->kind != VERDICT_UNKNOWN || !verdict->shortage)
		return;
	error_set(&error, ERROR_SYSTEM, "cannot ask esbuild whether `%s` parses", syntax->path);
	error_why(&error, "%s", verdict->cause);
	if (verdict->remedy != NULL)
		error_fix(&error, "%s", verdict->remedy);
	error.shortage = true;
	error_keep_shortage(app->shortage, &error);
}

static void ask(struct app *app, const struct syntax_judge *judge, struct module *const *modules,
		size_t count)
{
	struct syntax **asked = arena_alloc(app->arena, (count + 1) * sizeof(struct syntax *));

	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++)
		asked[i] = &modules[i]->syntax;
	recall(app, asked, count);
	if (judge->judge(asked, count, app->arena, judge->payload) > 0)
		app->fresh_verdicts = true;
	for (size_t i = 0; i < count; i++) {
		hand_on(modules[i]);
		keep_shortage(app, asked[i]);
	}
}

void modules_judge(struct app *app, struct module **modules, size_t count)
{
	struct module **doubtful = NULL;
	size_t doubts = 0;

	for (size_t i = 0; app->judge != NULL && i < count; i++) {
		const struct syntax *syntax = &modules[i]->syntax;

		if (syntax->doubtful && syntax->verdict.kind != VERDICT_UNKNOWN)
			*(struct module **)arena_push(app->arena, &doubtful, &doubts,
						      sizeof(*doubtful)) = modules[i];
	}
	if (doubts > 0)
		ask(app, app->judge, doubtful, doubts);
}

static bool is_modest(const struct syntax *syntax)
{
	uint32_t end[DEPTH_MAX];
	size_t depth = 0;

	if (syntax->len > TEXT_MAX)
		return false;
	/* Where the nodes end that this one is in. */
	for (uint32_t i = 0; i < syntax->count; i++) {
		while (depth > 0 && end[depth - 1] <= i)
			depth--;
		if (depth == DEPTH_MAX)
			return false;
		end[depth++] = syntax->entries[i].after;
	}
	return true;
}

void modules_judge_bundled(struct app *app, const struct syntax_judge *judge)
{
	struct module **readable = NULL;
	size_t count = 0;

	for (size_t i = 0; i < app->module_count; i++) {
		struct module *module = app->modules[i];

		if (module->runtimes != 0 && !module->syntax.doubtful && !module->syntax.unread &&
		    is_modest(&module->syntax))
			*(struct module **)arena_push(app->arena, &readable, &count,
						      sizeof(*readable)) = module;
	}
	if (count > 0)
		ask(app, judge, readable, count);
}
