/* SARIF 2.1.0 (OASIS, section numbers below are of that standard), as code scanning services read
 * it. Every rule is listed, also those without a finding, so that a service can tell which problems
 * are gone; a finding's place is required there, so one without a place points at the app's folder.
 * No time, no absolute path: the same app gives the same bytes everywhere. */
#include <string.h>

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "diag/diag.h"
#include "diag/parts.h"
#include "diag/report.h"
#include "diag/text.h"

static const char SCHEMA[] = "https://json.schemastore.org/sarif-2.1.0.json";
static const char ROOT[] = "%SRCROOT%";

static void add_text(cJSON *object, const char *key, const char *text)
{
	part_add_string(cJSON_AddObjectToObject(object, key), "text", text);
}

static const char *level(enum severity severity)
{
	return severity == SEVERITY_OFF ? "none" : part_severity(severity);
}

/* --- rules (3.49) ------------------------------------------------------------------------------
 */

static void put_example(struct buf *text, const char *title, const char *code, bool markdown)
{
	if (code == NULL)
		return;
	buf_printf(text, markdown ? "\n\n**%s**\n\n```ts\n" : "\n\n%s:\n\n", title);
	buf_puts(text, code);
	if (markdown)
		buf_puts(text, str_ends(code, "\n") ? "```" : "\n```");
}

static void add_help(cJSON *object, const struct report_rule *rule)
{
	static const char *const keys[] = {"text", "markdown"};
	cJSON *help = cJSON_AddObjectToObject(object, "help");
	for (int markdown = 0; markdown < 2; markdown++) {
		struct buf text = {0};
		buf_puts(&text, rule->explanation);
		put_example(&text, "Reported", rule->bad, markdown);
		put_example(&text, "Not reported", rule->good, markdown);
		part_add_string(help, keys[markdown], buf_cstr(&text));
		buf_dispose(&text);
	}
}

/* The page of Attio's documents that a family of codes is about; the explanation itself is in
 * `help`, and `attio explain` prints it. */
static const struct {
	const char *codes, *page;
} pages[] = {
	{"ATT1", "extensions/overview"},
	{"ATT2", "guides/making-http-requests"},
	{"ATT3", "server/server-functions"},
	{"ATT4", "graphql/use-query"},
	{"ATT5", "workflows/configurator"},
	{"ATT6", "settings/use-form"},
	{"ATT7", "guides/authenticating-to-external-services"},
	{"ATT8", "server/environment-variables"},
	{"ATT9", "guides/debugging-your-app"},
};

static void add_page(cJSON *object, const char *code)
{
	struct buf uri = {0};

	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		if (!str_starts(code, pages[i].codes))
			continue;
		buf_printf(&uri, "https://docs.attio.com/sdk/%s", pages[i].page);
		cJSON_AddStringToObject(object, "helpUri", buf_cstr(&uri));
	}
	buf_dispose(&uri);
}

static cJSON *rule_object(const struct report_rule *rule)
{
	cJSON *object = cJSON_CreateObject();
	const char *end = strstr(rule->explanation, "\n\n");
	struct buf first = {0};

	part_add_string(object, "id", rule->info.code);
	part_add_string(object, "name", rule->info.name);
	add_text(object, "shortDescription", rule->summary);
	/* Services cut this one, so it is the first paragraph only. */
	buf_add(&first, rule->explanation,
		end != NULL ? (size_t)(end - rule->explanation) : strlen(rule->explanation));
	add_text(object, "fullDescription", buf_cstr(&first));
	buf_dispose(&first);
	add_help(object, rule);
	add_page(object, rule->info.code);
	cJSON *configuration = cJSON_AddObjectToObject(object, "defaultConfiguration");
	cJSON_AddStringToObject(configuration, "level", level(rule->info.severity));
	return object;
}

static void add_tool(cJSON *run, const struct report_input *input)
{
	cJSON *driver = cJSON_AddObjectToObject(cJSON_AddObjectToObject(run, "tool"), "driver");
	cJSON_AddStringToObject(driver, "name", "attio");
	cJSON_AddStringToObject(driver, "version", input->version);
	cJSON *rules = cJSON_AddArrayToObject(driver, "rules");
	for (size_t i = 0; i < input->rule_count; i++)
		cJSON_AddItemToArray(rules, rule_object(&input->rules[i]));
}

/* --- places (3.28 to 3.30) ---------------------------------------------------------------------
 */

/* Percent-encodes all but the unreserved characters of RFC 3986 and `/`. */
static void put_uri(struct buf *out, const char *path)
{
	for (; *path != '\0'; path++) {
		unsigned char c = (unsigned char)*path;
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || strchr("-._~/", c) != NULL;
		if (plain)
			buf_putc(out, *path);
		else
			buf_printf(out, "%%%02X", (unsigned)c);
	}
}

static void add_artifact(cJSON *object, const struct report_input *input, const char *file)
{
	cJSON *location = cJSON_AddObjectToObject(object, "artifactLocation");
	const char *path = part_path(input, file);
	bool absolute = path[0] == '/';
	struct buf uri = {0};

	if (absolute)
		buf_puts(&uri, "file://");
	put_uri(&uri, path);
	if (file == NULL)
		buf_putc(&uri, '/');
	cJSON_AddStringToObject(location, "uri", buf_cstr(&uri));
	if (!absolute)
		cJSON_AddStringToObject(location, "uriBaseId", ROOT);
	buf_dispose(&uri);
}

/* Where the end is not behind the start, the region is a place to insert at. */
static bool add_region(cJSON *object, const char *key, const struct report_input *input,
		       const struct place *place, bool edit)
{
	struct span span;
	if (!part_span(place, input->texts, edit, &span))
		return false;
	cJSON *region = cJSON_AddObjectToObject(object, key);
	cJSON_AddNumberToObject(region, "startLine", (double)span.start.line);
	cJSON_AddNumberToObject(region, "startColumn", (double)span.start.column);
	cJSON_AddNumberToObject(region, "endLine", (double)span.end.line);
	cJSON_AddNumberToObject(region, "endColumn", (double)span.end.column);
	return true;
}

static void add_physical(cJSON *location, const struct report_input *input,
			 const struct place *place)
{
	cJSON *physical = cJSON_AddObjectToObject(location, "physicalLocation");
	add_artifact(physical, input, place->file);
	add_region(physical, "region", input, place, false);
}

static void add_related(cJSON *result, const struct report_input *input, const struct diag *diag)
{
	if (diag->note_count == 0)
		return;
	cJSON *array = cJSON_AddArrayToObject(result, "relatedLocations");
	for (size_t i = 0; i < diag->note_count; i++) {
		cJSON *location = cJSON_CreateObject();
		cJSON_AddNumberToObject(location, "id", (double)(i + 1));
		if (diag->notes[i].place.file != NULL)
			add_physical(location, input, &diag->notes[i].place);
		add_text(location, "message", diag->notes[i].message);
		cJSON_AddItemToArray(array, location);
	}
}

/* --- fixes (3.55) ------------------------------------------------------------------------------
 */

static bool seen_before(const struct diag *diag, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (str_equal(diag->edits[i].place.file, diag->edits[index].place.file))
			return true;
	return false;
}

/* The edits of one file. False when a place cannot be told: half a fix is none. */
static bool add_replacements(cJSON *change, const struct report_input *input,
			     const struct diag *diag, size_t first)
{
	cJSON *array = cJSON_AddArrayToObject(change, "replacements");
	for (size_t i = first; i < diag->edit_count; i++) {
		const struct edit *edit = &diag->edits[i];
		if (!str_equal(edit->place.file, diag->edits[first].place.file))
			continue;
		cJSON *replacement = cJSON_CreateObject();
		cJSON_AddItemToArray(array, replacement);
		if (!add_region(replacement, "deletedRegion", input, &edit->place, true))
			return false;
		add_text(replacement, "insertedContent", edit->text);
	}
	return true;
}

static void add_fix(cJSON *result, const struct report_input *input, const struct diag *diag)
{
	if (diag->edit_count == 0)
		return;
	cJSON *fix = cJSON_CreateObject();
	add_text(fix, "description", diag->help != NULL ? diag->help : "change the code");
	cJSON *changes = cJSON_AddArrayToObject(fix, "artifactChanges");
	bool whole = true;
	for (size_t i = 0; i < diag->edit_count && whole; i++) {
		if (seen_before(diag, i))
			continue;
		cJSON *change = cJSON_CreateObject();
		cJSON_AddItemToArray(changes, change);
		add_artifact(change, input, diag->edits[i].place.file);
		whole = add_replacements(change, input, diag, i);
	}
	if (whole)
		cJSON_AddItemToArray(cJSON_AddArrayToObject(result, "fixes"), fix);
	else
		cJSON_Delete(fix);
}

/* --- results (3.27) ----------------------------------------------------------------------------
 */

static cJSON *result_object(const struct report_input *input, const struct diag *diag)
{
	cJSON *result = cJSON_CreateObject();
	struct buf message = {0};

	part_add_string(result, "ruleId", diag->code);
	for (size_t i = 0; i < input->rule_count; i++) {
		if (str_equal(input->rules[i].info.code, diag->code)) {
			cJSON_AddNumberToObject(result, "ruleIndex", (double)i);
			break;
		}
	}
	cJSON_AddStringToObject(result, "level", level(diag->severity));
	buf_puts(&message, diag->message);
	if (diag->help != NULL)
		buf_printf(&message, "\nhelp: %s", diag->help);
	add_text(result, "message", buf_cstr(&message));
	buf_dispose(&message);
	cJSON *location = cJSON_CreateObject();
	add_physical(location, input, &diag->place);
	cJSON_AddItemToArray(cJSON_AddArrayToObject(result, "locations"), location);
	add_related(result, input, diag);
	cJSON *fingerprints = cJSON_AddObjectToObject(result, "partialFingerprints");
	part_add_hash(fingerprints, "attio/v1", part_fingerprint(diag, input->texts));
	add_fix(result, input, diag);
	return result;
}

void report_sarif(struct buf *out, const struct report_input *input)
{
	cJSON *document = cJSON_CreateObject();
	cJSON_AddStringToObject(document, "$schema", SCHEMA);
	cJSON_AddStringToObject(document, "version", "2.1.0");
	cJSON *run = cJSON_CreateObject();
	cJSON_AddItemToArray(cJSON_AddArrayToObject(document, "runs"), run);
	add_tool(run, input);
	cJSON *bases = cJSON_AddObjectToObject(run, "originalUriBaseIds");
	add_text(cJSON_AddObjectToObject(bases, ROOT), "description",
		 "The root of the repository, or the app's folder outside of one");
	cJSON_AddStringToObject(run, "columnKind", "utf16CodeUnits");
	cJSON *results = cJSON_AddArrayToObject(run, "results");
	for (size_t i = 0; i < input->diags->count; i++)
		cJSON_AddItemToArray(results, result_object(input, &input->diags->items[i]));
	part_put_json(out, document);
}
