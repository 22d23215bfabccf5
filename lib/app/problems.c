/* See problems.h. */
#include "app/problems.h"

#include <string.h>

#include "app/app.h"
#include "app/remedies.h"
#include "base/arena.h"
#include "sys/path.h"

const struct rule_info problem_app_missing = {"ATT1001", "app-missing", SEVERITY_ERROR};
const struct rule_info problem_app_export = {"ATT1002", "app-export", SEVERITY_ERROR};
const struct rule_info problem_layout_conflict = {"ATT1003", "layout-conflict", SEVERITY_ERROR};
const struct rule_info problem_file_unreadable = {"ATT1004", "file-unreadable", SEVERITY_ERROR};
const struct rule_info problem_handler_duplicate = {"ATT1014", "handler-duplicate", SEVERITY_ERROR};
const struct rule_info problem_extension = {"ATT1020", "extension-definition", SEVERITY_ERROR};
const struct rule_info problem_id_invalid = {"ATT1021", "id-invalid", SEVERITY_ERROR};
const struct rule_info problem_id_duplicate = {"ATT1022", "id-duplicate", SEVERITY_ERROR};
const struct rule_info problem_page = {"ATT1030", "page-definition", SEVERITY_ERROR};
const struct rule_info problem_block_folder = {"ATT5001", "block-folder", SEVERITY_ERROR};
const struct rule_info problem_block_definition = {"ATT5002", "block-definition", SEVERITY_ERROR};
const struct rule_info problem_block_handler = {"ATT5003", "block-handler-missing", SEVERITY_ERROR};
const struct rule_info problem_block_handler_tsx = {"ATT5004", "block-handler-extension",
						    SEVERITY_ERROR};
const struct rule_info problem_block_handler_legacy = {"ATT5005", "block-handler-legacy",
						       SEVERITY_WARNING};
const struct rule_info problem_settings_duplicate = {"ATT6001", "settings-duplicate",
						     SEVERITY_ERROR};
const struct rule_info problem_settings_schema = {"ATT6002", "settings-schema-missing",
						  SEVERITY_ERROR};
const struct rule_info problem_manifest = {"ATT8004", "manifest-invalid", SEVERITY_ERROR};
const struct rule_info problem_manifest_missing = {"ATT8004", "manifest-invalid", SEVERITY_WARNING};
const struct rule_info problem_tsconfig = {"ATT8006", "tsconfig-invalid", SEVERITY_ERROR};
const struct rule_info problem_packages = {"ATT8007", "packages-missing", SEVERITY_WARNING};
const struct rule_info problem_syntax = {"ATT9003", "syntax", SEVERITY_ERROR};
const struct rule_info problem_encoding = {"ATT9005", "source-encoding", SEVERITY_WARNING};

struct markup {
	const struct syntax *syntax;
	struct place place;
	bool found;
};

static bool visit_markup(struct node node, void *payload)
{
	struct markup *markup = payload;

	if (node_is(node, NODE_JSX_OPENING_ELEMENT) ||
	    node_is(node, NODE_JSX_SELF_CLOSING_ELEMENT)) {
		markup->place = node_place(markup->syntax, node);
		markup->found = true;
	}
	return !markup->found;
}

/* Whether all that is wrong with a `.ts` file is that it holds JSX; `place` is then the first. */
static bool is_markup(const struct module *module, struct place *place)
{
	struct syntax syntax;
	struct markup markup = {.syntax = &syntax};

	if (module->syntax.dialect != DIALECT_TS || (strstr(module->text->bytes, "</") == NULL &&
						     strstr(module->text->bytes, "/>") == NULL))
		return false;
	syntax_parse(&syntax, module->path, DIALECT_TSX, module->text->bytes, module->text->len);
	if (!syntax_is_broken(&syntax))
		node_walk(syntax_root(&syntax), visit_markup, &markup);
	syntax_dispose(&syntax);
	if (markup.found)
		*place = markup.place;
	return markup.found;
}

/* Copied with what Markdown puts around code. */
static bool is_pasted(const struct module *module, struct place *place)
{
	static const char fence[] = "```";
	const char *text = module->text->bytes, *at = text;

	while (at != NULL && !str_starts(at, fence)) {
		at = strchr(at, '\n');
		at = at != NULL ? at + 1 : NULL;
	}
	/* Three backticks in code are an empty template and the beginning of another one. */
	if (at == NULL ||
	    strcspn(at + strlen(fence), "\r\n `") != strcspn(at + strlen(fence), "\r\n"))
		return false;
	*place = (struct place){.file = module->path, .start = (size_t)(at - text)};
	place->end = place->start + strlen(fence);
	return true;
}

bool merge_marks(const char *text, const char *file, struct place *place)
{
	static const char mark[] = "<<<<<<<";
	const char *at = text;

	while (at != NULL && !(str_starts(at, mark) && strchr(" \r\n", at[strlen(mark)]) != NULL)) {
		at = strchr(at, '\n');
		at = at != NULL ? at + 1 : NULL;
	}
	if (at == NULL)
		return false;
	*place = (struct place){.file = file, .start = (size_t)(at - text)};
	place->end = place->start + strlen(mark);
	return true;
}

/* A text in backticks that runs to the end of the file: the engine points at the last line. */
static bool is_open_template(const struct module *module, struct place *place, const char *cause)
{
	const char *text = module->text->bytes, *rest;
	size_t at = place->start < module->text->len ? place->start : module->text->len;
	size_t count = 0, opened = 0;

	if (cause == NULL || strstr(cause, "unterminated") == NULL)
		return false;
	rest = text + at + strcspn(text + at, "\n");
	if (rest[strspn(rest, " \t\r\n")] != '\0')
		return false;
	for (size_t i = 0; i < at; i++) {
		if (text[i] != '`' || (i > 0 && text[i - 1] == '\\'))
			continue;
		count++;
		opened = i;
	}
	if (count % 2 == 0)
		return false; /* it is another quote */
	*place = (struct place){module->path, opened, opened + 1};
	return true;
}

/* Our own parser's error, which nobody could be asked about. */
static void unjudged_problem(struct arena *arena, struct diags *diags, struct place place,
			     const char *what, const struct verdict *verdict)
{
	struct diag *diag;

	if (verdict->kind == VERDICT_NONE) {
		diag = diag_add(diags, &problem_syntax, place, "this file does not parse");
		diag->help = "fix the syntax first; other checks of this file wait for it";
	} else {
		diag = diag_add(diags, &problem_syntax, place,
				"this file does not seem to parse, and esbuild, which decides, "
				"cannot be asked");
		diag->help = arena_printf(arena, "%s%s%s", verdict->cause,
					  verdict->remedy != NULL ? "; " : "",
					  verdict->remedy != NULL ? verdict->remedy : "");
	}
	if (what != NULL)
		diag->label = arena_printf(arena, "`%s` is missing here", what);
}

bool syntax_problem(struct arena *arena, struct diags *diags, const struct module *module)
{
	const struct syntax *syntax = &module->syntax;
	const struct verdict *verdict = &syntax->verdict;
	struct place place;
	const char *what;
	struct diag *diag;

	if (!syntax_first_error(syntax, &place, &what))
		return false;
	if (utf16_is(module->text->bytes, module->text->len)) {
		diag = diag_add(diags, &problem_syntax, (struct place){.file = module->path},
				"this file is saved as UTF-16");
		diag->help = HELP_UTF16;
	} else if (is_markup(module, &place)) {
		diag = diag_add(diags, &problem_syntax, place, "a `.ts` file cannot hold JSX");
		diag->help =
			module->role == ROLE_PLAIN
				? arena_printf(arena, "rename it to `%sx`", path_base(module->path))
				: "nothing is drawn on the server: return data, and let a "
				  "component of the client draw it";
	} else if (is_pasted(module, &place)) {
		diag = diag_add(diags, &problem_syntax, place,
				"the marks of a block of code are no code");
		diag->help = "remove the lines that begin with ```";
	} else if (merge_marks(module->text->bytes, module->path, &place)) {
		diag = diag_add(diags, &problem_syntax, place, MESSAGE_MERGE);
		diag->help = HELP_MERGE;
	} else if (verdict->kind == VERDICT_REFUSED &&
		   is_open_template(module, &place, verdict->cause)) {
		diag = diag_add(diags, &problem_syntax, place,
				"this file does not parse: a text in backticks is not closed");
		diag->help = "end it with a backtick";
	} else if (verdict->kind == VERDICT_REFUSED) {
		diag = diag_add(diags, &problem_syntax, place, "this file does not parse: %s",
				verdict->cause);
		diag->help = syntax_remedy(verdict->cause);
	} else {
		unjudged_problem(arena, diags, place, what, verdict);
	}
	return true;
}
