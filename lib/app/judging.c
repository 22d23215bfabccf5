/* Texts that our own parser has doubts about: the engine's verdicts, which the cache of syntaxes
 * keeps, so that a warm run starts no engine. An app without such texts never asks. */
#include "app/internal.h"
#include "base/arena.h"
#include "base/error.h"
#include "source/cache.h"
#include "source/sources.h"

/* A small app is parsed without the cache; its verdicts are worth a look. */
static void recall(struct app *app, struct syntax **doubtful, size_t count)
{
	bool opened;
	const struct syntax_cache *cache =
		sources_cache(app->sources, app->cache, app->root, &opened);

	if (!opened)
		return;
	app->fills_cache = true;
	for (size_t i = 0; i < count; i++) {
		struct syntax *syntax = doubtful[i], kept;

		if (syntax_cache_take(cache, &kept, syntax->path, syntax->dialect, syntax->bytes,
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

	if (!module->syntax.doubtful || verdict->kind == VERDICT_UNKNOWN ||
	    source->syntax.verdict.judge == verdict->judge)
		return;
	source->syntax.verdict = *verdict;
	if (verdict->cause != NULL)
		source->syntax.verdict.cause = arena_strdup(source->arena, verdict->cause);
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

void modules_judge(struct app *app, struct module **modules, size_t count)
{
	struct syntax **doubtful = NULL;
	size_t doubts = 0;

	if (app->judge == NULL)
		return;
	for (size_t i = 0; i < count; i++) {
		struct syntax *syntax = &modules[i]->syntax, **slot;

		if (!syntax->doubtful || syntax->verdict.kind == VERDICT_UNKNOWN)
			continue;
		slot = arena_push(app->arena, &doubtful, &doubts, sizeof(struct syntax *));
		*slot = syntax;
	}
	if (doubts == 0)
		return;
	recall(app, doubtful, doubts);
	if (app->judge->judge(doubtful, doubts, app->arena, app->judge->payload) > 0)
		app->fresh_verdicts = true;
	for (size_t i = 0; i < count; i++)
		hand_on(modules[i]);
	for (size_t i = 0; i < doubts; i++)
		keep_shortage(app, doubtful[i]);
}
