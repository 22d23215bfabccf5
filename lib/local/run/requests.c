/* See requests.h. */
#include "local/run/requests.h"

#include <stddef.h>

#include "base/mem.h"
#include "base/str.h"
#include "local/run/kv.h"
#include "local/run/settings.h"
#include "local/run/webhooks.h"

static const struct piece_request table[] = {
	{"kv.get", "kv", true, kv_get},
	{"kv.set", "kv", true, kv_set},
	{"kv.mget", "kv", true, kv_mget},
	{"kv.delete", "kv", true, kv_delete},
	{"webhooks.create", "webhook", true, webhooks_create},
	{"webhooks.list", "webhook", true, webhooks_list},
	{"webhooks.get", "webhook", true, webhooks_get},
	{"webhooks.update", "webhook", true, webhooks_update},
	{"webhooks.delete", "webhook", true, webhooks_delete},
	{"settings.get", "settings", false, settings_get},
	{"settings.set", "settings", false, settings_set},
};

const struct piece_request *piece_request_find(const char *method)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (str_is(table[i].method, method))
			return &table[i];
	return NULL;
}
