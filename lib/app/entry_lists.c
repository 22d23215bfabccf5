/* See entry_lists.h. */
#include "app/entry_lists.h"

#include <stddef.h>

#include "base/buf.h"

const struct entry_list entry_lists[ENTRY_LISTS] = {
	{"record-action", "record-action", {"record", "actions"}},
	{"bulk-record-action", "bulk-record-action", {"record", "bulkActions"}},
	{"record-widget", "record-widget", {"record", "widgets"}},
	{"object-action", "object-action", {"object", "actions"}},
	{"call-recording-insight-text-action",
	 "call-recording-insight-text-selection-action",
	 {"callRecording", "insight", "textActions"}},
	{"call-recording-summary-text-action",
	 "call-recording-summary-text-selection-action",
	 {"callRecording", "summary", "textActions"}},
	{"call-recording-transcript-text-action",
	 "call-recording-transcript-text-selection-action",
	 {"callRecording", "transcript", "textActions"}},
};

void entry_list_put(struct buf *out, const struct entry_list *list, const char *between)
{
	for (size_t i = 0; list->members[i] != NULL; i++) {
		if (i != 0)
			buf_puts(out, between);
		buf_puts(out, list->members[i]);
	}
}
