/* Attributes of objects and lists. */
#include <string.h>

#include "base/arena.h"
#include "local/rest/attribute.h"
#include "local/rest/call.h"
#include "local/rest/endpoints.h"
#include "local/rest/owner.h"

#define OTHER                                                                                      \
	"(SELECT json_object('id', " SQL_ID2(                                                      \
		"object_id", "r.owner_id", "attribute_id",                                         \
		"r.id") ", 'object_slug', o.slug, 'api_slug', r.slug, "                            \
			"'is_multiselect', " SQL_BOOLEAN("r.multi") ", 'title', r.title) FROM "    \
								    "attributes r JOIN objects o " \
								    "ON o.id = "                   \
								    "r.owner_id WHERE r.id = "     \
								    "a.relationship_id)"

/* Of a list's attribute the service gives the list's id under the same name. */
#define ATTRIBUTE                                                                                                                                                                                                                                                                         \
	"json_object('id', " SQL_ID2(                                                                                                                                                                                                                                                     \
		"object_id", "a.owner_id", "attribute_id",                                                                                                                                                                                                                                \
		"a.id") ", 'title', a.title, 'description', a.description, 'api_slug', a.slug, "                                                                                                                                                                                          \
			"'type', a.type, "                                                                                                                                                                                                                                                \
			"'is_system_attribute', " SQL_BOOLEAN(                                                                                                                                                                                                                            \
				"a.system") ", "                                                                                                                                                                                                                                          \
					    "'is_writable',"                                                                                                                                                                                                                              \
					    " " SQL_BOOLEAN(                                                                                                                                                                                                                              \
						    "a."                                                                                                                                                                                                                                  \
						    "writab"                                                                                                                                                                                                                              \
						    "le") ", 'is_required', " SQL_BOOLEAN("a."                                                                                                                                                                                            \
											  "requir"                                                                                                                                                                                        \
											  "ed") ", 'is_unique', " SQL_BOOLEAN("a.uniq") ", 'is_multiselect', " SQL_BOOLEAN("a.multi") ", "                                                                                                \
																						      "'is"                                                                                               \
																						      "_de"                                                                                               \
																						      "fau"                                                                                               \
																						      "lt_"                                                                                               \
																						      "val"                                                                                               \
																						      "ue_"                                                                                               \
																						      "ena"                                                                                               \
																						      "ble"                                                                                               \
																						      "d',"                                                                                               \
																						      " " SQL_BOOLEAN("a.default_enabled") ", 'is_archived', " SQL_BOOLEAN(                               \
																							      "a.archived") ", 'default_value', json(a.default_value), 'relationship', json(" OTHER       \
																									    "), 'created_at', a.created_at, 'config', json_object('currency', "           \
																									    "json_object('default_currency_code', a.currency_code, 'display_type', "      \
																									    "a.currency_display), 'record_reference', json_object('allowed_object_ids', " \
																									    "json(a.allowed_object_ids))))"

int v2_attributes_list(struct rest_call *call)
{
	struct named_owner owner;

	if (owner_named(call, &owner) != 0)
		return -1;
	const struct bind binds[] = {
		BIND_TEXT(":owner", owner.id),
		BIND_NUMBER(":archived", rest_number_param(call, "show_archived")),
		BIND_NUMBER(":limit", rest_number_param(call, "limit")),
		BIND_NUMBER(":offset", rest_number_param(call, "offset")),
		{0}};

	return rest_list(call,
			 "SELECT " ATTRIBUTE " FROM attributes a WHERE a.owner_id = :owner AND "
			 "(:archived OR NOT a.archived) ORDER BY a.position, a.row LIMIT :limit "
			 "OFFSET :offset",
			 binds);
}

static int answer_attribute(struct rest_call *call, const char *id)
{
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	bool found;

	return rest_one(call, "SELECT " ATTRIBUTE " FROM attributes a WHERE a.id = :id", binds,
			&found);
}

int v2_attributes_get(struct rest_call *call)
{
	struct named_attribute attribute;

	if (attribute_named(call, &attribute) != 0)
		return -1;
	return answer_attribute(call, attribute.id);
}

/* ---- what a body says ---- */

static bool is_true(const cJSON *object, const char *name)
{
	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, name));
}

static const char *text_of(const cJSON *object, const char *name)
{
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsString(value) ? value->valuestring : NULL;
}

/* What the config names for this type of attribute. */
static int read_config(struct rest_call *call, struct new_attribute *attribute)
{
	const cJSON *config = cJSON_GetObjectItemCaseSensitive(call->data, "config");
	const cJSON *currency = cJSON_GetObjectItemCaseSensitive(config, "currency");
	const cJSON *reference = cJSON_GetObjectItemCaseSensitive(config, "record_reference");
	const cJSON *objects = cJSON_GetObjectItemCaseSensitive(reference, "allowed_objects");
	const struct bind binds[] = {BIND_TEXT(":names", rest_json(call, objects)), {0}};
	const char *unknown;

	if (strcmp(attribute->type, "currency") == 0) {
		attribute->currency_code = text_of(currency, "default_currency_code");
		attribute->currency_display = text_of(currency, "display_type");
		if (attribute->currency_code == NULL)
			return refusal_bad(call->refusal, "validation_type",
					   "Currency attributes need config.currency.");
	}
	if (strcmp(attribute->type, "record-reference") != 0 || cJSON_GetArraySize(objects) == 0)
		return 0;
	if (rest_text(call,
		      "SELECT value FROM json_each(:names) WHERE NOT EXISTS (SELECT 1 FROM objects "
		      "WHERE (slug = value OR id = value) AND enabled) LIMIT 1",
		      binds, &unknown) != 0)
		return -1;
	if (unknown != NULL)
		return refusal_missing(call->refusal, "Object with slug/ID \"%s\" not found.",
				       unknown);
	return rest_text(call,
			 "SELECT json_group_array(o.id) FROM json_each(:names) n JOIN objects o ON "
			 "(o.slug = n.value OR o.id = n.value) AND o.enabled",
			 binds, &attribute->allowed_object_ids);
}

static int check_slug(struct rest_call *call, const char *owner_id, const char *slug,
		      const char *except_id)
{
	const struct bind binds[] = {BIND_TEXT(":owner", owner_id),
				     BIND_TEXT(":slug", slug),
				     BIND_TEXT(":except", except_id != NULL ? except_id : ""),
				     {0}};
	long long taken, is_list;

	if (rest_number(call,
			"SELECT count(*) FROM attributes WHERE owner_id = :owner AND slug = :slug "
			"AND id != :except",
			binds, &taken) != 0 ||
	    rest_number(call, "SELECT count(*) FROM lists WHERE id = :owner", binds, &is_list) != 0)
		return -1;
	if (taken != 0)
		return refusal_set(call->refusal, 409, REFUSAL_REQUEST, "slug_conflict",
				   "An attribute with the same API slug already exists on this %s. "
				   "Please choose a different API slug.",
				   is_list != 0 ? "list" : "object");
	return 0;
}

/* ---- creating ---- */

static int tell(struct rest_call *call, const struct named_owner *owner, const char *id,
		const char *what)
{
	const struct bind binds[] = {BIND_TEXT(":owner", owner->id), BIND_TEXT(":id", id), {0}};
	const char *event = arena_printf(call->arena, "%s-attribute.%s",
					 owner->is_list ? "list" : "object", what);

	return rest_event(call, event,
			  owner->is_list
				  ? "SELECT json_object('id', " SQL_ID2("list_id", ":owner",
									"attribute_id", ":id") ")"
				  : "SELECT json_object('id', " SQL_ID2("object_id", ":owner",
									"attribute_id", ":id") ")",
			  binds);
}

/* The attribute of the other object; both name each other. */
static int create_other(struct rest_call *call, const struct named_owner *owner,
			struct new_attribute *attribute)
{
	const cJSON *wanted = cJSON_GetObjectItemCaseSensitive(call->data, "relationship");
	struct new_attribute other = {.type = "record-reference",
				      .relationship_id = attribute->id,
				      .id = rest_uuid(call)};
	struct named_owner there = {0};

	if (!cJSON_IsObject(wanted))
		return other.id != NULL ? 0 : -1;
	if (owner->is_list || strcmp(attribute->type, "record-reference") != 0)
		return refusal_bad(call->refusal, "validation_type",
				   "Only record reference attributes of objects can have a "
				   "relationship.");
	if (other.id == NULL || rest_need_object(call, text_of(wanted, "object"), &there.id) != 0)
		return -1;
	other.owner_id = there.id;
	other.slug = text_of(wanted, "api_slug");
	other.title = text_of(wanted, "title");
	other.multi = is_true(wanted, "is_multiselect");
	other.allowed_object_ids = arena_printf(call->arena, "[\"%s\"]", owner->id);
	attribute->allowed_object_ids = arena_printf(call->arena, "[\"%s\"]", there.id);
	attribute->relationship_id = other.id;
	if (check_slug(call, there.id, other.slug, NULL) != 0 ||
	    attribute_insert(call, &other) != 0)
		return -1;
	return tell(call, &there, other.id, "created");
}

/* People and companies have no stages of their own (docs: list statuses). */
static int check_stages(struct rest_call *call, const struct named_owner *owner)
{
	const struct bind binds[] = {BIND_TEXT(":id", owner->id), {0}};
	long long barred = 0;

	if (rest_number(call,
			"SELECT count(*) FROM objects WHERE id = :id AND slug IN ('people', "
			"'companies')",
			binds, &barred) != 0)
		return -1;
	return barred == 0 ? 0
			   : refusal_bad(call->refusal, "validation_type",
					 "Attributes of type \"status\" are not supported on "
					 "objects.");
}

static int check_kind(struct rest_call *call, const struct named_owner *owner,
		      const struct new_attribute *attribute)
{
	static const char *const multi[] = {"select", "record-reference", "actor-reference",
					    "domain", "email-address",    "phone-number",
					    NULL};
	static const char *const unique[] = {"text", "number", "domain", "email-address", NULL};
	size_t at = 0;

	if (strcmp(attribute->type, "status") == 0 && check_stages(call, owner) != 0)
		return -1;
	while (multi[at] != NULL && strcmp(multi[at], attribute->type) != 0)
		at++;
	if (attribute->multi && multi[at] == NULL)
		return refusal_bad(call->refusal, "validation_type",
				   "Attributes of type \"%s\" cannot be multiselect.",
				   attribute->type);
	at = 0;
	while (unique[at] != NULL && strcmp(unique[at], attribute->type) != 0)
		at++;
	if (attribute->unique && unique[at] == NULL)
		return refusal_bad(call->refusal, "validation_type",
				   "Attributes of type \"%s\" cannot be unique.", attribute->type);
	return 0;
}

int v2_attributes_create(struct rest_call *call)
{
	struct named_owner owner;
	struct new_attribute attribute = {
		.id = rest_uuid(call),
		.slug = rest_string(call, "api_slug"),
		.title = rest_string(call, "title"),
		.description = rest_string(call, "description"),
		.type = rest_string(call, "type"),
		.required = is_true(call->data, "is_required"),
		.unique = is_true(call->data, "is_unique"),
		.multi = is_true(call->data, "is_multiselect"),
	};
	const cJSON *standard = cJSON_GetObjectItemCaseSensitive(call->data, "default_value");

	if (attribute.id == NULL || owner_named(call, &owner) != 0)
		return -1;
	attribute.owner_id = owner.id;
	if (cJSON_IsObject(standard))
		attribute.default_value = rest_json(call, standard);
	if (check_kind(call, &owner, &attribute) != 0 || read_config(call, &attribute) != 0 ||
	    check_slug(call, owner.id, attribute.slug, NULL) != 0 ||
	    create_other(call, &owner, &attribute) != 0 ||
	    attribute_insert(call, &attribute) != 0 ||
	    tell(call, &owner, attribute.id, "created") != 0)
		return -1;
	return answer_attribute(call, attribute.id);
}

/* ---- updating ---- */

int v2_attributes_update(struct rest_call *call)
{
	struct named_attribute named;
	struct new_attribute config = {0};
	const cJSON *standard = cJSON_GetObjectItemCaseSensitive(call->data, "default_value");
	const char *slug = rest_string(call, "api_slug");

	if (attribute_named(call, &named) != 0)
		return -1;
	if (named.system)
		return refusal_bad(call->refusal, "system_edit_unauthorized",
				   "Cannot update a System attribute.");
	config.type = named.type;
	if (rest_has(call, "config") && read_config(call, &config) != 0)
		return -1;
	if (slug != NULL && check_slug(call, named.owner.id, slug, named.id) != 0)
		return -1;
	const struct bind binds[] = {
		BIND_TEXT(":id", named.id),
		BIND_TEXT(":slug", slug),
		BIND_TEXT(":title", rest_string(call, "title")),
		BIND_NUMBER(":has_description", rest_has(call, "description")),
		BIND_TEXT(":description", rest_string(call, "description")),
		BIND_NUMBER(":has_required", rest_has(call, "is_required")),
		BIND_NUMBER(":required", is_true(call->data, "is_required")),
		BIND_NUMBER(":has_unique", rest_has(call, "is_unique")),
		BIND_NUMBER(":unique", is_true(call->data, "is_unique")),
		BIND_NUMBER(":has_archived", rest_has(call, "is_archived")),
		BIND_NUMBER(":archived", is_true(call->data, "is_archived")),
		BIND_NUMBER(":has_default", standard != NULL),
		BIND_TEXT(":default", cJSON_IsObject(standard) ? rest_json(call, standard) : NULL),
		BIND_TEXT(":code", config.currency_code),
		BIND_TEXT(":display", config.currency_display),
		BIND_TEXT(":allowed", config.allowed_object_ids),
		{0}};

	if (rest_run(call,
		     "UPDATE attributes SET slug = coalesce(:slug, slug), title = coalesce(:title, "
		     "title), description = iif(:has_description, :description, description), "
		     "required = iif(:has_required, :required, required), uniq = iif(:has_unique, "
		     ":unique, uniq), archived = iif(:has_archived, :archived, archived), "
		     "default_value = iif(:has_default, :default, default_value), default_enabled "
		     "= iif(:has_default, :default IS NOT NULL, default_enabled), currency_code = "
		     "coalesce(:code, currency_code), currency_display = coalesce(:display, "
		     "currency_display), allowed_object_ids = coalesce(:allowed, "
		     "allowed_object_ids) WHERE id = :id",
		     binds) != 0 ||
	    tell(call, &named.owner, named.id, "updated") != 0)
		return -1;
	return answer_attribute(call, named.id);
}
