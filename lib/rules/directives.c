/* ATT2017: `"use server"` and `"use client"`, which frameworks made of React know and Attio does
 * not: there the name of a file says where its code runs. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "rules/internal.h"
#include "rules/visit.h"

static bool is_server(const struct module *module)
{
	return module->role != ROLE_PLAIN;
}

/* Whether the statement is among the first of a file or of a function, where directives stand. */
static bool is_first(struct node statement)
{
	struct node parent = node_parent(statement);

	if (!node_is(parent, NODE_PROGRAM) &&
	    !(node_is(parent, NODE_STATEMENT_BLOCK) && node_is_function(node_parent(parent))))
		return false;
	for (struct node at = node_down_named(parent); !node_same(at, statement);
	     at = node_next_named(at)) {
		if (node_is_null(at) ||
		    (!node_is(at, NODE_COMMENT) && !(node_is(at, NODE_EXPRESSION_STATEMENT) &&
						     node_is(node_first(at), NODE_STRING))))
			return false;
	}
	return true;
}

/* With its line, where nothing else stands in it. */
static struct place with_line(const struct module *module, struct place place)
{
	const char *text = module->text->bytes;
	size_t start = place.start, end = place.end;

	while (start > 0 && (text[start - 1] == ' ' || text[start - 1] == '\t'))
		start--;
	while (text[end] == ' ' || text[end] == '\t' || text[end] == ';')
		end++;
	if (text[end] == '\r')
		end++;
	if ((start > 0 && text[start - 1] != '\n') || text[end] != '\n')
		return place;
	return (struct place){module->path, start, end + 1};
}

static bool see_statement(const struct visiting *v, struct node statement)
{
	const struct module *module = v->module;
	struct node string = node_first(statement);
	struct place place = node_place(&module->syntax, statement);
	const char *word, *help;
	struct diag *diag;
	bool server, fits;

	if (!node_is(string, NODE_STRING) || !is_first(statement))
		return true;
	word = node_string(&module->syntax, v->app->arena, string);
	server = str_equal(word, "use server");
	if (!server && !str_equal(word, "use client"))
		return true;
	fits = server == is_server(module);
	if (fits)
		help = server ? "remove it: the suffix in the file's name says it"
			      : "remove it: what is in no `.server.ts` file and imported by "
				"an extension runs in the client";
	else
		help = server ? "move the function to a file of its own whose name ends in "
				"`.server.ts`, as the default export, and call what is imported "
				"from there"
			      : "remove it: a file with this suffix runs on the server; "
				"components belong in a file without it";
	diag = diag_add(v->diags, &v->rule->info, node_place(&module->syntax, string),
			"`\"%s\"` means nothing here", word);
	diag->label = "a file's name says where its code runs";
	diag->help = help;
	if (fits)
		diag_edit(v->diags, diag, with_line(module, place), "");
	return true;
}

static bool wants(struct visiting *v)
{
	const char *text = v->module->text->bytes;

	return v->module->runtimes != 0 &&
	       (strstr(text, "use server") != NULL || strstr(text, "use client") != NULL);
}

static const struct walk walk = {
	.modules = WALK_ALL,
	.wants = wants,
	.visits = (const struct visit[]){{NODE_EXPRESSION_STATEMENT, see_statement},
					 {NODE_NONE, NULL}},
};

const struct rule rule_directive_unread = {
	.info = {"ATT2017", "directive-unread", SEVERITY_WARNING},
	.summary = "`\"use server\"` or `\"use client\"` stands in an app's code",
	.explanation =
		"Next.js and other frameworks read these two; Attio does not. There the name of a "
		"file says where its code runs: what ends in `.server.ts` is a server function, "
		"`.webhook.ts` and `.event.ts` run on the server, too, and everything else that an "
		"extension imports is the client's. A function below `\"use server\"` in a file of "
		"the client stays in the client, where anybody can read it.",
	.bad = "// src/app/extensions/send/send.ts\n\"use server\"\n\nexport async function "
	       "send(id: "
	       "string) {...}",
	.good = "// src/app/extensions/send/send.server.ts\nexport default async function send(id: "
		"string) {...}",
	.walk = &walk,
};
