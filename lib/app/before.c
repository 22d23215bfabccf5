/* Apps of the layout before `src/app.ts`: each surface was an exported object of a type of
 * `attio/client`, found by that (seen in three public apps of 2025). The SDK of today reads none of
 * it, so the app is told apart from an empty folder, with the way over. */
#include <string.h>

#include "app/internal.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "diag/text.h"
#include "source/facts.h"

static const struct {
	const char *type, *list;
} kinds[] = {
	{"RecordAction", "record.actions"},
	{"BulkRecordAction", "record.bulkActions"},
	{"RecordWidget", "record.widgets"},
	{"ObjectAction", "object.actions"},
	{"CallRecordingInsightTextSelectionAction", "callRecording.insight.textActions"},
	{"CallRecordingSummaryTextSelectionAction", "callRecording.summary.textActions"},
	{"CallRecordingTranscriptTextSelectionAction", "callRecording.transcript.textActions"},
};

/* `const x: T = ...`, `const x = ... satisfies T`: the T. */
static struct node declared_type(struct node declarator)
{
	struct node type = node_first(node_field(declarator, FIELD_TYPE));
	struct node value = node_field(declarator, FIELD_VALUE);

	if (node_is(value, NODE_SATISFIES_EXPRESSION) || node_is(value, NODE_AS_EXPRESSION))
		return node_last(value);
	return type;
}

/* The list of `app` for a type; NULL when it is no surface's. */
static const char *list_of(const struct syntax *syntax, const struct facts *facts,
			   struct arena *arena, struct node type)
{
	const struct binding *binding;

	if (!node_is(type, NODE_TYPE_IDENTIFIER))
		return NULL;
	binding = facts_binding_type(facts, node_text(syntax, arena, type));
	if (binding == NULL || binding->import < 0 ||
	    !str_is(facts->imports[binding->import].specifier, "attio/client"))
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_equal(binding->imported, kinds[i].type))
			return kinds[i].list;
	return NULL;
}

static void look_into(struct app *app, const char *path, struct diag *diag)
{
	struct text *text = texts_find(&app->texts, path);
	enum dialect dialect;
	struct syntax syntax;
	struct facts facts;

	if (text == NULL || !dialect_of(path, &dialect) ||
	    strstr(text->bytes, "attio/client") == NULL)
		return;
	syntax_parse(&syntax, path, dialect, text->bytes, text->len);
	facts_read(&facts, &syntax, app->arena);
	for (size_t i = 0; i < facts.export_count; i++) {
		const struct export *item = &facts.exports[i];
		const struct binding *binding =
			item->local == NULL ? NULL : facts_binding(&facts, item->local);
		const char *list;

		if (binding == NULL || !node_is(binding->node, NODE_VARIABLE_DECLARATOR))
			continue;
		list = list_of(&syntax, &facts, app->arena, declared_type(binding->node));
		if (list != NULL)
			diag_note(&app->problems, diag,
				  node_place(&syntax, node_field(binding->node, FIELD_NAME)),
				  "`%s` belongs in `%s`", item->name, list);
	}
	syntax_dispose(&syntax);
}

bool tell_older_surfaces(struct app *app, const struct tree *tree, struct diag *diag)
{
	for (size_t i = 0; i < tree->file_count; i++)
		look_into(app, tree->files[i], diag);
	return diag->note_count > 0;
}
