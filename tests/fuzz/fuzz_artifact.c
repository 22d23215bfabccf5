/* What is kept between deploys and read again, and plans of others: an artifact, an inventory, a
 * plan, a seal. What was taken must come out the same when it is written and read again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/seal.h"
#include "bundle/bundle.h"
#include "platform/artifact.h"
#include "platform/comparison.h"
#include "platform/inventory.h"
#include "platform/notice.h"
#include "platform/plan.h"
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_at_artifact(struct arena *arena, const char *text, size_t len)
{
	struct bundles bundles;
	struct bundles again;
	struct buf packed = {0};
	struct error error;

	if (artifact_unpack(&bundles, arena, text, len, &error) != 0)
		return;
	artifact_pack(&bundles, &packed);
	if (artifact_unpack(&again, arena, packed.ptr, packed.len, &error) != 0 ||
	    again.count != bundles.count)
		abort();
	buf_dispose(&packed);
}

static void look_at_inventory(struct arena *arena, const cJSON *document)
{
	struct inventory inventory;
	struct changes changes;
	struct buf text = {0};
	struct error error;

	if (inventory_read(&inventory, arena, document, &error) != 0)
		return;
	changes_between(&changes, arena, NULL, &inventory);
	changes_put(&text, &changes);
	buf_dispose(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	char *text = arena_strndup(arena, (const char *)data, size);
	struct inventory inventory = {.arena = arena};
	struct error error = {0};
	struct buf out = {0};
	struct plan plan;
	cJSON *document = json_parse(text, size, "fuzz", NULL, &error);

	look_at_artifact(arena, text, size);
	if (document != NULL)
		look_at_inventory(arena, document);
	cJSON_Delete(document);
	if (plan_read(&plan, arena, text, size, &error) == 0 &&
	    plan_check(&plan, &plan, &error) != 0)
		abort();
	if (seal_read(&out, "secret", text))
		abort();
	outside_add(&inventory, "x.js", text, size);
	buf_dispose(&out);
	arena_free(arena);
	return 0;
}
