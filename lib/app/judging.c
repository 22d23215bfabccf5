/* Texts that our own parser has doubts about: the engine's verdicts, which the cache of syntaxes
 * keeps, so that a warm run starts no engine. An app without such texts never asks. */
#include "app/internal.h"
#include "base/arena.h"
#include "source/cache.h"

/* A small app is parsed without the cache; its verdicts are worth a look. */
static void recall(struct app *app, struct syntax **doubtful, size_t count)
{
	if (app->cache != NULL || app->cache_folder == NULL)
		return;
	app->cache = syntax_cache_open(app->cache_folder, app->root);
	for (size_t i = 0; i < count; i++) {
		struct syntax *syntax = doubtful[i], kept;

		if (syntax_cache_take(app->cache, &kept, syntax->path, syntax->dialect,
				      syntax->bytes, syntax->len))
			syntax->verdict = kept.verdict;
	}
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
}
