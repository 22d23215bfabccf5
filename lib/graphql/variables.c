/* JSON -> typed values. A fault names the variable and the place inside of it; a value can have
 * several. */
#include "graphql/variables.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "json/json.h"

enum {
	FAULTS = 50,      /* that are told */
	SHOWN_LEVELS = 2, /* of a value in a sentence */
	SHOWN_ITEMS = 10
};

/* A place inside of a variable's value, from the inside out. */
struct step {
	const struct step *before;
	const char *key; /* NULL: `index` of a list */
	size_t index;
};

struct job {
	const struct coercion *coercion;
	const struct graphql_variable *variable;
	struct fault **faults;
	size_t *count;
};

static bool coerce(struct job *job, const cJSON *value, const struct graphql_ref *type,
		   const struct step *at, struct graphql_datum *out);

static void put_short(struct buf *out, const cJSON *value, int level)
{
	const cJSON *item;
	int shown = 0;
	bool object = cJSON_IsObject(value);

	if (!object && !cJSON_IsArray(value)) {
		json_print(out, value, false);
		return;
	}
	if (level > SHOWN_LEVELS) {
		buf_puts(out, object ? "[Object]" : "[Array]");
		return;
	}
	buf_puts(out, object ? "{" : "[");
	cJSON_ArrayForEach(item, value)
	{
		buf_puts(out, shown > 0 ? ", " : object ? " " : "");
		if (!object && shown++ == SHOWN_ITEMS) {
			int more = cJSON_GetArraySize(value) - SHOWN_ITEMS;

			buf_printf(out, more == 1 ? "... %d more item" : "... %d more items", more);
			break;
		}
		shown += object;
		if (object)
			buf_printf(out, "%s: ", item->string);
		put_short(out, item, level + 1);
	}
	buf_puts(out, object ? (shown > 0 ? " }" : "}") : "]");
}

static const char *shown(struct job *job, const cJSON *value)
{
	struct buf text = {0};
	const char *copy;

	put_short(&text, value, 1);
	copy = arena_strndup(job->coercion->arena, buf_cstr(&text), text.len);
	buf_dispose(&text);
	return copy;
}

static void add(struct job *job, const char *message)
{
	struct fault *fault;

	if (*job->count > FAULTS)
		return;
	fault = arena_push(job->coercion->arena, job->faults, job->count, sizeof(*fault));
	fault->at = *job->count <= FAULTS ? job->variable->name.start : FAULT_NOWHERE;
	fault->message = *job->count <= FAULTS ? message
					       : "Too many errors processing variables, error "
						 "limit reached. Execution aborted.";
}

static const char *place_words(struct arena *arena, const struct step *at)
{
	const char *text = "";

	for (; at != NULL; at = at->before)
		text = at->key != NULL ? arena_printf(arena, ".%s%s", at->key, text)
				       : arena_printf(arena, "[%zu]%s", at->index, text);
	return text;
}

static bool wrong(struct job *job, const cJSON *value, const struct step *at, const char *reason)
{
	struct arena *arena = job->coercion->arena;
	const char *name = job->variable->name.text;
	const char *place = "";

	if (*job->count > FAULTS)
		return false;
	if (at != NULL)
		place = arena_printf(arena, " at \"%s%s\"", name, place_words(arena, at));
	add(job, arena_printf(arena, "Variable \"$%s\" got invalid value %s%s; %s", name,
			      shown(job, value), place, reason));
	return false;
}

static const char *about(struct job *job, const char *words, const cJSON *value)
{
	return arena_printf(job->coercion->arena, "%s: %s", words, shown(job, value));
}

static bool coerce_enum(struct job *job, const cJSON *value, const struct graphql_type *type,
			const struct step *at, struct graphql_datum *out)
{
	struct arena *arena = job->coercion->arena;

	if (!cJSON_IsString(value))
		return wrong(job, value, at,
			     arena_printf(arena,
					  "Enum \"%s\" cannot represent non-string value: %s.",
					  type->name, shown(job, value)));
	for (size_t i = 0; i < type->value_count; i++) {
		if (strcmp(type->values[i], value->valuestring) == 0) {
			*out = graphql_text(type->values[i]);
			return true;
		}
	}
	return wrong(job, value, at,
		     arena_printf(arena, "Value \"%s\" does not exist in \"%s\" enum.",
				  value->valuestring, type->name));
}

static bool coerce_specified(struct job *job, const cJSON *value, const char *type,
			     const struct step *at, struct graphql_datum *out)
{
	double number = value->valuedouble;
	bool whole = cJSON_IsNumber(value) && isfinite(number) && floor(number) == number;

	if (strcmp(type, "Int") == 0 || strcmp(type, "Float") == 0) {
		bool fraction = type[0] == 'F';

		*out = graphql_number(number);
		if (!cJSON_IsNumber(value) || !isfinite(number) || (!fraction && !whole))
			return wrong(job, value, at,
				     about(job,
					   fraction ? "Float cannot represent non numeric value"
						    : "Int cannot represent non-integer value",
					   value));
		if (!fraction && (number > 2147483647.0 || number < -2147483648.0))
			return wrong(job, value, at,
				     about(job,
					   "Int cannot represent non 32-bit signed integer value",
					   value));
		return true;
	}
	if (strcmp(type, "Boolean") == 0) {
		*out = graphql_truth(cJSON_IsTrue(value));
		return cJSON_IsBool(value) ||
		       wrong(job, value, at,
			     about(job, "Boolean cannot represent a non boolean value", value));
	}
	if (strcmp(type, "ID") == 0 && whole)
		*out = graphql_text(shown(job, value));
	else if (cJSON_IsString(value))
		*out = graphql_text(arena_strdup(job->coercion->arena, value->valuestring));
	else
		return wrong(job, value, at,
			     about(job,
				   type[0] == 'I' ? "ID cannot represent value"
						  : "String cannot represent a non string value",
				   value));
	return true;
}

static void convert(struct arena *arena, const cJSON *value, struct graphql_datum *out)
{
	const cJSON *item;
	size_t count = 0;

	*out = (struct graphql_datum){.kind = GRAPHQL_NULL};
	if (cJSON_IsString(value))
		*out = graphql_text(arena_strdup(arena, value->valuestring));
	else if (cJSON_IsNumber(value))
		*out = graphql_number(value->valuedouble);
	else if (cJSON_IsBool(value))
		*out = graphql_truth(cJSON_IsTrue(value));
	if (!cJSON_IsArray(value) && !cJSON_IsObject(value))
		return;
	out->kind = cJSON_IsArray(value) ? GRAPHQL_LIST : GRAPHQL_RECORD;
	out->count = (size_t)cJSON_GetArraySize(value);
	out->items = arena_alloc(arena, out->count * sizeof(*out));
	cJSON_ArrayForEach(item, value)
	{
		convert(arena, item, &out->items[count]);
		if (item->string != NULL)
			out->items[count].name = arena_strdup(arena, item->string);
		count++;
	}
}

static bool coerce_list(struct job *job, const cJSON *value, const struct graphql_ref *item_type,
			const struct step *at, struct graphql_datum *out)
{
	struct step step = {.before = at};
	const cJSON *item;
	bool right = true;

	if (!cJSON_IsArray(value)) {
		*out = graphql_list(arena_alloc(job->coercion->arena, sizeof(*out)), 1);
		return coerce(job, value, item_type, at, &out->items[0]);
	}
	*out = graphql_list(
		arena_alloc(job->coercion->arena, (size_t)cJSON_GetArraySize(value) * sizeof(*out)),
		(size_t)cJSON_GetArraySize(value));
	cJSON_ArrayForEach(item, value)
	{
		right &= coerce(job, item, item_type, &step, &out->items[step.index]);
		step.index++;
	}
	return right;
}

static bool check_keys(struct job *job, const cJSON *value, const struct graphql_type *type,
		       const struct step *at)
{
	struct arena *arena = job->coercion->arena;
	const cJSON *item;
	bool right = true;

	cJSON_ArrayForEach(item, value)
	{
		if (graphql_input_find(type->inputs, type->input_count, item->string) == NULL)
			right = wrong(job, value, at,
				      arena_printf(arena,
						   "Field \"%s\" is not defined by type \"%s\".",
						   item->string, type->name));
	}
	return right;
}

static bool check_one_of(struct job *job, const cJSON *value, const struct graphql_type *type,
			 const struct step *at)
{
	struct arena *arena = job->coercion->arena;

	if (!type->one_of)
		return true;
	if (cJSON_GetArraySize(value) != 1)
		return wrong(job, value, at,
			     arena_printf(arena,
					  "Exactly one key must be specified for OneOf type "
					  "\"%s\".",
					  type->name));
	if (cJSON_IsNull(value->child)) {
		struct step step = {.before = at, .key = value->child->string};

		return wrong(job, value->child, &step,
			     arena_printf(arena, "Field \"%s\" must be non-null.", step.key));
	}
	return true;
}

static bool coerce_record(struct job *job, const cJSON *value, const struct graphql_type *type,
			  const struct step *at, struct graphql_datum *out)
{
	struct arena *arena = job->coercion->arena;
	bool right = true;

	if (!cJSON_IsObject(value))
		return wrong(
			job, value, at,
			arena_printf(arena, "Expected type \"%s\" to be an object.", type->name));
	*out = (struct graphql_datum){.kind = GRAPHQL_RECORD};
	out->items = arena_alloc(arena, type->input_count * sizeof(*out));
	for (size_t i = 0; i < type->input_count; i++) {
		const struct graphql_input *input = &type->inputs[i];
		const cJSON *field = cJSON_GetObjectItemCaseSensitive(value, input->name);
		struct graphql_datum *slot = &out->items[out->count];
		struct step step = {.before = at, .key = input->name};

		if (field != NULL) {
			right &= coerce(job, field, input->type, &step, slot);
		} else if (!coerce_default(job->coercion, input, slot)) {
			if (input->type->kind == GRAPHQL_REF_NON_NULL)
				right = wrong(job, value, at,
					      arena_printf(arena,
							   "Field \"%s\" of required type \"%s\" "
							   "was not provided.",
							   input->name,
							   graphql_ref_words(arena, input->type)));
			continue;
		}
		slot->name = input->name;
		out->count++;
	}
	right &= check_keys(job, value, type, at);
	right &= check_one_of(job, value, type, at);
	return right;
}

static bool coerce(struct job *job, const cJSON *value, const struct graphql_ref *type,
		   const struct step *at, struct graphql_datum *out)
{
	struct arena *arena = job->coercion->arena;
	const struct graphql_ref *inner = graphql_ref_nullable(type);

	*out = (struct graphql_datum){.kind = GRAPHQL_NULL};
	if (cJSON_IsNull(value))
		return type->kind != GRAPHQL_REF_NON_NULL ||
		       wrong(job, value, at,
			     arena_printf(arena,
					  "Expected non-nullable type \"%s\" not to be null.",
					  graphql_ref_words(arena, type)));
	if (inner->kind == GRAPHQL_REF_LIST)
		return coerce_list(job, value, inner->of, at, out);
	if (inner->named->kind == GRAPHQL_INPUT)
		return coerce_record(job, value, inner->named, at, out);
	if (inner->named->kind == GRAPHQL_ENUM)
		return coerce_enum(job, value, inner->named, at, out);
	if (inner->named->specified)
		return coerce_specified(job, value, inner->named->name, at, out);
	convert(arena, value, out);
	return true;
}

/* Whether the variable has a value. */
static bool coerce_one(struct job *job, const struct graphql_ref *type, const cJSON *given,
		       struct graphql_datum *out)
{
	struct arena *arena = job->coercion->arena;
	const struct graphql_variable *variable = job->variable;

	if (given == NULL) {
		if (variable->default_value != NULL)
			return coerce_literal(job->coercion, variable->default_value, type, out);
		if (type->kind == GRAPHQL_REF_NON_NULL)
			add(job, arena_printf(arena,
					      "Variable \"$%s\" of required type \"%s\" was not "
					      "provided.",
					      variable->name.text, graphql_ref_words(arena, type)));
		return false;
	}
	if (cJSON_IsNull(given) && type->kind == GRAPHQL_REF_NON_NULL) {
		add(job, arena_printf(arena,
				      "Variable \"$%s\" of non-null type \"%s\" must not be null.",
				      variable->name.text, graphql_ref_words(arena, type)));
		return false;
	}
	return coerce(job, given, type, NULL, out);
}

void coerce_variables(struct coercion *coercion, const struct graphql_definition *operation,
		      const cJSON *given, struct fault **faults, size_t *count)
{
	struct job job = {.coercion = coercion, .faults = faults, .count = count};
	struct map values = {0};
	const cJSON *item;

	/* Of a key that is given twice the first counts. */
	cJSON_ArrayForEach(item, given)
	{
		if (map_get(&values, item->string) == NULL)
			map_set(&values, item->string, item);
	}
	for (size_t i = 0; i < operation->variable_count && *count <= FAULTS; i++) {
		const struct graphql_variable *variable = &operation->variables[i];
		const struct graphql_ref *type =
			graphql_ref_resolve(coercion->schema, coercion->arena, variable->type);
		struct graphql_datum *slot = arena_alloc(coercion->arena, sizeof(*slot));

		job.variable = variable;
		if (!coerce_one(&job, type, map_get(&values, variable->name.text), slot))
			continue;
		slot->name = variable->name.text;
		map_set(&coercion->variables, slot->name, slot);
	}
	map_dispose(&values);
}
