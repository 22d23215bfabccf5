/* package.json: only its name matters to the platform, but a broken one stops every npm tool. */
#include "app/manifest.h"

#include <string.h>

#include "app/manifest_shape.h"
#include "app/problems.h"
#include "app/tree.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "diag/text.h"
#include "sys/path.h"
#include "json/json.h"

#define HELP_OBJECT "write `{\"name\": \"your-app-slug\"}`"

static const char manifest_path[] = "package.json";

static void missing(struct diags *problems, struct place place, const char *what)
{
	struct diag *diag = diag_add(problems, &problem_manifest_missing, place, "%s", what);

	diag->help =
		"add `\"name\": \"your-app-slug\"`; without it `attio deploy` needs `--app SLUG`";
}

int manifest_limit(const struct text *text, struct error *error)
{
	if (text->len <= MANIFEST_LIMIT)
		return 0;
	error_set(error, ERROR_USAGE, "it is longer than %zu MiB", MANIFEST_LIMIT >> 20);
	return -1;
}

bool manifest_imports_testing(const struct cJSON *document)
{
	const cJSON *imports = cJSON_GetObjectItemCaseSensitive(document, "imports");

	return str_equal(json_string_or_null(imports, "#attio/testing"),
			 "./.attio/.testing/index.js");
}

/* It is no JSON. `offset`: how far it was. */
static void tell_malformed(const struct text *text, size_t offset, struct diags *problems)
{
	struct place place = {.file = manifest_path};
	const char *message = "`package.json` is not valid JSON";
	const char *help = "write strict JSON: double quotes, no comments, no trailing commas";

	if (text_is_blank(text)) { /* the file as a whole */
		message = "`package.json` is empty";
		help = HELP_OBJECT;
	} else if (utf16_is(text->bytes, text->len)) {
		message = "`package.json` is saved as UTF-16";
		help = HELP_UTF16;
	} else {
		place.start = offset < text->len ? offset : text->len - 1;
		place.end = place.start + 1;
		if (merge_marks(text->bytes, manifest_path, &place)) {
			message = MESSAGE_MERGE;
			help = HELP_MERGE;
		}
	}
	diag_add(problems, &problem_manifest, place, "%s", message)->help = help;
}

void manifest_read(struct manifest *manifest, struct texts *texts, struct diags *problems)
{
	struct arena *arena = problems->arena;
	struct place place = {.file = manifest_path};
	struct error error = {0};
	struct text *text;
	size_t offset = 0;
	cJSON *document;

	*manifest = (struct manifest){0};
	if (!tree_has_entry(&texts->files, manifest_path)) {
		missing(problems, (struct place){0}, "the app has no `package.json`");
		return;
	}
	manifest->present = true;
	if (texts_read(texts, manifest_path, &text, &error) != 0 ||
	    manifest_limit(text, &error) != 0) {
		struct diag *diag = diag_add(problems, &problem_file_unreadable, place,
					     "`package.json` cannot be read");
		diag->help =
			arena_printf(arena, "%s", error.why[0] != '\0' ? error.why : error.message);
		return;
	}
	document = json_parse(text->bytes, text->len, manifest_path, &offset, &error);
	if (document == NULL) {
		tell_malformed(text, offset, problems);
		return;
	}
	if (!cJSON_IsObject(document)) {
		diag_add(problems, &problem_manifest, place,
			 "`package.json` must hold a JSON object")
			->help = HELP_OBJECT;
	} else {
		const char *name = json_string_or_null(document, "name");

		manifest->valid = true;
		manifest_shape_tell(text, document, problems);
		manifest->testing = manifest_imports_testing(document);
		if (name != NULL && name[0] != '\0')
			manifest->name = arena_strdup(arena, name);
		else
			missing(problems, place, "`package.json` has no usable `name`");
	}
	cJSON_Delete(document);
}
