/* See cases.h. */
#include "testing/cases.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/path.h"
#include "json/json.h"

const char *test_status_name(enum test_status status)
{
	static const char *const names[] = {"passed", "failed", "skipped", "interrupted"};

	return names[status];
}

struct test_counts test_count(const struct test_case *cases, size_t count)
{
	struct test_counts counts = {0};

	for (size_t i = 0; i < count; i++) {
		counts.passed += cases[i].status == TEST_PASSED;
		counts.failed += cases[i].status == TEST_FAILED;
		counts.skipped += cases[i].status == TEST_SKIPPED;
		counts.interrupted += cases[i].status == TEST_INTERRUPTED;
	}
	return counts;
}

/* Whether the file has one of this name, or a later one of it. */
static bool is_taken(const struct test_cases *cases, const char *file, const char *name)
{
	for (size_t i = cases->count; i > 0; i--)
		if (str_equal(cases->items[i - 1].file, file) &&
		    str_equal(cases->items[i - 1].name, name))
			return true;
	return false;
}

struct test_case *test_cases_add(struct test_cases *cases, struct arena *arena, const char *file,
				 const char *name, enum test_status status, const char *message)
{
	const char *own = name;
	struct test_case *one;

	for (size_t number = 2; is_taken(cases, file, own); number++)
		own = arena_printf(arena, "%s (%zu)", name, number);
	one = arena_push(arena, &cases->items, &cases->count, sizeof(*one));
	*one = (struct test_case){file, own, status, 0,
				  message != NULL ? arena_strdup(arena, message) : ""};
	return one;
}

static const char *full_name(struct arena *arena, const cJSON *found)
{
	const char *title = json_string_or_null(found, "title");
	struct buf name = {0};
	const cJSON *outer;
	char *text;

	cJSON_ArrayForEach(outer, cJSON_GetObjectItemCaseSensitive(found, "ancestorTitles"))
		buf_printf(&name, "%s > ", cJSON_IsString(outer) ? outer->valuestring : "");
	buf_puts(&name, title != NULL ? title : "(without a name)");
	text = arena_strdup(arena, buf_cstr(&name));
	buf_dispose(&name);
	return text;
}

static long ms_of(const cJSON *ms)
{
	return cJSON_IsNumber(ms) && ms->valuedouble > 0 && ms->valuedouble < 1e9
		       ? (long)ms->valuedouble
		       : 0;
}

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

/* One assertion, as vitest calls it. */
static void take(struct test_cases *cases, struct arena *arena, const char *file, const char *name,
		 const cJSON *found)
{
	const char *word = json_string_or_null(found, "status");
	const cJSON *ms = cJSON_GetObjectItemCaseSensitive(found, "duration");
	const cJSON *messages = cJSON_GetObjectItemCaseSensitive(found, "failureMessages");
	const cJSON *first = cJSON_GetArrayItem(messages, 0);
	enum test_status status = str_equal(word, "passed")   ? TEST_PASSED
				  : str_equal(word, "failed") ? TEST_FAILED
							      : TEST_SKIPPED;
	struct test_case *one =
		test_cases_add(cases, arena, file, name, status,
			       status == TEST_FAILED ? cJSON_GetStringValue(first) : NULL);

	one->ms = ms_of(ms);
}

void test_cases_take_node(struct test_cases *cases, struct arena *arena, const char *file,
			  const char *text, size_t len, const char **running)
{
	const char *end = text + len;

	*running = NULL;
	for (const char *at = text; at < end;) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		const char *begun, *name;
		struct error ignored;
		cJSON *line;

		/* It was writing when it was killed. */
		if (stop == NULL)
			break;
		line = json_parse(at, (size_t)(stop - at), "a report", NULL, &ignored);
		at = stop + 1;
		begun = json_string_or_null(line, "running");
		name = full_name(arena, line);
		if (begun != NULL) {
			*running = arena_strdup(arena, begun);
		} else if (!cJSON_IsObject(line)) {
			/* One less than there were must not look like success. */
			test_cases_add(cases, arena, file, path_base(file), TEST_FAILED,
				       "what a test found could not be read");
		} else {
			take(cases, arena, file, name, line);
			if (*running != NULL && str_equal(*running, name))
				*running = NULL;
		}
		cJSON_Delete(line);
	}
}

bool test_cases_take_vitest(struct test_cases *cases, struct arena *arena, const char *file,
			    const char *text, size_t len)
{
	struct error ignored;
	cJSON *document = json_parse(text, len, "a report", NULL, &ignored);
	const cJSON *results = cJSON_GetObjectItemCaseSensitive(document, "testResults");
	bool is_one = cJSON_IsArray(results);
	const cJSON *result, *found;

	cJSON_ArrayForEach(result, results)
	{
		const char *message = json_string_or_null(result, "message");
		const cJSON *list = cJSON_GetObjectItemCaseSensitive(result, "assertionResults");

		cJSON_ArrayForEach(found, list)
			take(cases, arena, file, full_name(arena, found), found);
		/* The file itself could not be run. */
		if (cJSON_GetArraySize(list) == 0 && message != NULL && message[0] != '\0')
			test_cases_add(cases, arena, file, file, TEST_FAILED, message);
	}
	cJSON_Delete(document);
	return is_one;
}

/* As people read it: what is wrong, why, and what to do. */
static const char *told(struct arena *arena, const cJSON *error)
{
	static const char *const parts[][2] = {
		{"message", ""}, {"why", "\nbecause: "}, {"fix", "\nto mend it: "}};
	struct buf text = {0};
	const char *copy;

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		const char *part = json_string_or_null(error, parts[i][0]);

		if (part != NULL && part[0] != '\0')
			buf_printf(&text, "%s%s", parts[i][1], part);
	}
	copy = arena_strdup(arena, buf_cstr(&text));
	buf_dispose(&text);
	return copy;
}

bool test_cases_take_flow(struct test_cases *cases, struct arena *arena, const char *file,
			  const char *line, size_t len, const char **refusal)
{
	struct error ignored;
	cJSON *verdict = json_parse(line, len, "a verdict", NULL, &ignored);
	const cJSON *equal = cJSON_GetObjectItemCaseSensitive(verdict, "equal");
	const cJSON *error = cJSON_GetObjectItemCaseSensitive(verdict, "error");
	const cJSON *ms = cJSON_GetObjectItemCaseSensitive(verdict, "ms");
	bool is_one = cJSON_IsBool(equal);
	struct test_case *one;

	if (is_one) {
		one = test_cases_add(cases, arena, file, path_base(file),
				     cJSON_IsTrue(equal) ? TEST_PASSED : TEST_FAILED, NULL);
		one->ms = ms_of(ms);
		if (cJSON_IsObject(error))
			one->message = told(arena, error);
		else if (one->status == TEST_FAILED)
			one->message =
				arena_strdup(arena, or_empty(json_string_or_null(verdict, "diff")));
	} else if (cJSON_IsObject(error)) {
		*refusal = told(arena, error);
	}
	cJSON_Delete(verdict);
	return is_one;
}
