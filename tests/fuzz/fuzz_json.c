/* JSON from the network and from files: parsing, both ways, then getters with the keys found in the
 * document itself. What was taken must print and be taken again. */
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/error.h"
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use_getters(const cJSON *object, const char *key)
{
	struct error error;
	const char *text;
	long long number;
	bool flag;
	const cJSON *child;
	json_get_string(object, "fuzz", key, &text, &error);
	json_get_int(object, "fuzz", key, &number, &error);
	json_get_bool(object, "fuzz", key, &flag, &error);
	json_get_object(object, "fuzz", key, &child, &error);
	json_get_array(object, "fuzz", key, &child, &error);
	json_string_or_null(object, key);
}

static void visit(const cJSON *value)
{
	use_getters(value, "id");
	const cJSON *item;
	cJSON_ArrayForEach(item, value)
	{
		use_getters(value, item->string ? item->string : "");
		visit(item);
	}
}

static void check(cJSON *value, size_t offset, size_t size)
{
	if (offset > size)
		abort();
	if (!value)
		return;
	struct error error;
	struct buf out = {0};
	visit(value);
	json_print(&out, value, true);
	cJSON *again = json_parse(out.ptr, out.len, "printed", NULL, &error);
	if (!again)
		abort();
	cJSON_Delete(again);
	cJSON_Delete(value);
	buf_dispose(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error error;
	size_t offset = 0;
	const char *text = (const char *)data;
	cJSON *strict = json_parse(text, size, "fuzz", &offset, &error);
	bool taken = strict != NULL;
	check(strict, offset, size);
	cJSON *relaxed = json_parse_relaxed(text, size, "fuzz", &offset, &error);
	/* Strict JSON is relaxed JSON too. */
	if (taken && !relaxed)
		abort();
	check(relaxed, offset, size);
	return 0;
}
