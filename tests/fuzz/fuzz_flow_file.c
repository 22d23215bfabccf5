/* A flow file: what is taken is written again as it was read, what is refused has a place, and what
 * a flow of the log holds leads to no more than a refusal. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/flow/file.h"
#include "local/flow/lines.h"
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_again(const cJSON *file)
{
	struct error error = {0};
	struct buf text = {0}, more = {0};
	cJSON *second;

	flow_file_print(&text, file);
	second = flow_file_read(buf_cstr(&text), text.len, "fuzz", &error);
	if (second == NULL)
		abort();
	flow_file_print(&more, second);
	if (strcmp(buf_cstr(&text), buf_cstr(&more)) != 0)
		abort();
	cJSON_Delete(second);
	buf_dispose(&text);
	buf_dispose(&more);
}

/* The same text as a flow of the log. */
static void save(const cJSON *flow)
{
	struct error error = {0};
	struct buf diff = {0};
	cJSON *lines = flow_lines(flow, NULL);

	cJSON_Delete(flow_file_start(flow, NULL, &error));
	cJSON_Delete(flow_file_outside(flow, &error));
	if (flow_lines_diff(lines, lines, NULL, &diff))
		abort();
	cJSON_Delete(lines);
	buf_dispose(&diff);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error error = {0};
	cJSON *file = flow_file_read((const char *)data, size, "fuzz", &error), *any;

	if (file != NULL)
		read_again(file);
	else if (error.kind != ERROR_USAGE || strncmp(error.message, "fuzz:", 5) != 0)
		abort();
	cJSON_Delete(file);
	any = json_parse((const char *)data, size, "fuzz", NULL, &error);
	/* A node that is its own cause makes 64 of itself at each level: a handful is enough. */
	if (any != NULL && size < 4096)
		save(any);
	cJSON_Delete(any);
	return 0;
}
