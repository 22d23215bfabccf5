/* The host tells the steps of what was done in a surface (lib/local/host/client/said.js). What was
 * done to toasts, questions and frames is found by what the flow has of those. */
#include "local/flow/clicked.h"

#include <stdbool.h>

#include "base/error.h"
#include "base/str.h"
#include "json/json.h"

static const cJSON *member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static const char *text_of(const cJSON *object, const char *name)
{
	const char *text = json_string_or_null(object, name);

	return text != NULL ? text : "";
}

static cJSON *step(const char *verb, cJSON *value)
{
	cJSON *made = cJSON_CreateObject();

	cJSON_AddItemToObject(made, verb, value);
	return made;
}

/* An answer to what the app asked; NULL in *made: one that a script gives by itself. */
static bool read_answer(const cJSON *flow, const cJSON *input, cJSON **made)
{
	const cJSON *call = member(input, "call"), *node;

	cJSON_ArrayForEach(node, member(flow, "nodes"))
	{
		const cJSON *asked = member(node, "input");

		if (!str_is(text_of(node, "kind"), "host") ||
		    !cJSON_Compare(member(asked, "call"), call, true))
			continue;
		if (str_is(text_of(node, "name"), "confirm")) {
			*made = step("answer", cJSON_CreateString("confirm"));
			cJSON_AddStringToObject(*made, "value",
						cJSON_IsTrue(member(input, "value")) ? "yes"
										     : "no");
			return true;
		}
		return str_is(text_of(node, "name"), "alert");
	}
	return false;
}

/* What a function did that a toast or a frame came with. */
static cJSON *read_callback(const cJSON *flow, const char *ref, const cJSON *input)
{
	const cJSON *node;

	cJSON_ArrayForEach(node, member(flow, "nodes"))
	{
		const cJSON *shown = member(node, "input"), *action = member(shown, "action");
		cJSON *made;

		if (str_equal(json_string_or_null(action, "ref"), ref)) {
			made = step("toast", cJSON_CreateString("action"));
			cJSON_AddStringToObject(made, "label", text_of(action, "label"));
			return made;
		}
		if (str_equal(json_string_or_null(shown, "on_close"), ref))
			return step("close", cJSON_CreateTrue());
		if (str_equal(json_string_or_null(shown, "on_message"), ref))
			return step("iframe.send",
				    cJSON_Duplicate(cJSON_GetArrayItem(member(input, "args"), 0),
						    true));
	}
	return NULL;
}

/* What was typed letter by letter was filled in once. */
static void add(cJSON *steps, cJSON *made)
{
	cJSON *last = cJSON_GetArrayItem(steps, cJSON_GetArraySize(steps) - 1);

	if (member(made, "fill") != NULL &&
	    cJSON_Compare(member(last, "fill"), member(made, "fill"), true))
		cJSON_Delete(cJSON_DetachItemViaPointer(steps, last));
	cJSON_AddItemToArray(steps, made);
}

static bool read_user(const cJSON *flow, const cJSON *node, cJSON *steps)
{
	const char *name = text_of(node, "name");
	const cJSON *told = member(member(node, "output"), "steps"), *one;
	cJSON *made = NULL;

	if (cJSON_IsArray(told)) {
		cJSON_ArrayForEach(one, told) add(steps, cJSON_Duplicate(one, true));
		return true;
	}
	if (str_is(name, "answer")) {
		if (!read_answer(flow, member(node, "input"), &made))
			return false;
	} else {
		made = str_is(name, "close") ? step("close", cJSON_CreateTrue())
					     : read_callback(flow, name, member(node, "input"));
		if (made == NULL)
			return false;
	}
	if (made != NULL)
		add(steps, made);
	return true;
}

cJSON *flow_clicked_steps(const cJSON *flow, struct error *error)
{
	cJSON *steps = cJSON_CreateArray();
	const cJSON *node;

	cJSON_ArrayForEach(node, member(flow, "nodes"))
	{
		if (!str_is(text_of(node, "kind"), "user") || read_user(flow, node, steps))
			continue;
		cJSON_Delete(steps);
		error_set(error, ERROR_CONFLICT,
			  "what a user did on the page in this flow (%.100s) has no step that a "
			  "file could hold",
			  text_of(node, "name"));
		error_fix(error, "close what is still open, or run it with what the user does as "
				 "steps (`--step` of `attio "
				 "action run` or `attio widget show`), then save that flow");
		return NULL;
	}
	return steps;
}
