/* Within the room: what an action or a surface of the app is started with, from a request's body.
 */
#ifndef ATTIO_LOCAL_CONTROL_START_H
#define ATTIO_LOCAL_CONTROL_START_H

#include <stdbool.h>

struct buf;
struct control_call;
struct error;
struct platform;

/* Rows of a body that names an action and what it is run on: what the functions below read. */
/* clang-format off */
#define START_ACTION_FIELDS \
	{"id", "string", true, "of the action"}, \
	{"kind", "string", false, "of the action, where several have the id"}, \
	{"record", "string", false, "OBJECT/RECORD that it is run on: people/ada"}, \
	{"records", "array", false, "the same, several: for a bulk action"}, \
	{"object", "string", false, "the object, for an object action"}, \
	{"text", "string", false, "the selected text, for a call recording's action"}, \
	{"markdown", "string", false, "the same as markdown"}, \
	{"transcript", "array", false, "[{speaker, text}], for a transcript's action"}, \
	{"url", "string", false, "of the transcript"}, \
	{"force", "boolean", false, "run it where the app does not offer it, too"}
/* The same of one that names a surface. */
#define START_SURFACE_FIELDS \
	{"kind", "string", true, "widget, tab, page, settings or configurator"}, \
	{"id", "string", false, "of the surface; settings has none"}, \
	{"record", "string", false, "OBJECT/RECORD, for a widget or tab"}, \
	{"config", "object", false, "values of a configurator"}
/* clang-format on */

/* Appends "recordId" and "object" of the record that the body names; "recordIds" of several. */
int start_put_records(struct platform *platform, struct control_call *call, struct buf *args,
		      struct error *error);
/* `,"bare":true` when it names none: the host says whether that matters. */
const char *start_bare(const struct control_call *call);
/* Appends the arguments of onTrigger: records, then what the body has for the other kinds. */
int start_put_arguments(struct platform *platform, struct control_call *call, struct buf *args,
			struct error *error);
/* Appends `,"on":{...}`, the object that the action would be run on, for the host to say whether it
 * is offered there; nothing where it need not be. */
int start_put_object(struct platform *platform, struct control_call *call, const struct buf *args,
		     struct buf *members, struct error *error);
/* The host's word for a kind of surface ("widget" and "record-widget"); NULL: there is none. */
const char *start_surface_kind(const char *word);
/* Whether nothing ran, because the app has no such surface, needs a record and none was named, or
 * is not offered on that one; then the call is answered so. */
bool start_refused(struct control_call *call, const char *code, const char *message);

#endif
