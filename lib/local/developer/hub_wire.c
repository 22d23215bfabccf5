/* See hub_wire.h. */
#include "local/developer/hub_wire.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include <msgpack.h>

#include "base/buf.h"
#include "base/mem.h"

/* ---- packing ---- */

static int write_to(void *context, const char *bytes, size_t len)
{
	buf_add(context, bytes, len);
	return 0;
}

static void pack_text(msgpack_packer *packer, const char *text)
{
	msgpack_pack_str(packer, strlen(text));
	msgpack_pack_str_body(packer, text, strlen(text));
}

static void pack_number(msgpack_packer *packer, double number)
{
	if (number >= -9007199254740992.0 && number <= 9007199254740992.0 &&
	    (double)(int64_t)number == number)
		msgpack_pack_int64(packer, (int64_t)number);
	else
		msgpack_pack_double(packer, number);
}

static void pack(msgpack_packer *packer, const cJSON *value)
{
	const cJSON *item;

	if (cJSON_IsString(value)) {
		pack_text(packer, value->valuestring);
	} else if (cJSON_IsNumber(value)) {
		pack_number(packer, value->valuedouble);
	} else if (cJSON_IsBool(value)) {
		if (cJSON_IsTrue(value))
			msgpack_pack_true(packer);
		else
			msgpack_pack_false(packer);
	} else if (cJSON_IsArray(value)) {
		msgpack_pack_array(packer, (size_t)cJSON_GetArraySize(value));
		cJSON_ArrayForEach(item, value) pack(packer, item);
	} else if (cJSON_IsObject(value)) {
		msgpack_pack_map(packer, (size_t)cJSON_GetArraySize(value));
		cJSON_ArrayForEach(item, value)
		{
			pack_text(packer, item->string);
			pack(packer, item);
		}
	} else {
		msgpack_pack_nil(packer);
	}
}

void hub_pack(struct buf *out, const cJSON *value)
{
	msgpack_packer packer;

	msgpack_packer_init(&packer, out, write_to);
	pack(&packer, value);
}

/* ---- unpacking ---- */

static cJSON *text_of(const char *bytes, size_t len)
{
	char *text = mem_strndup(bytes, len);
	cJSON *value = strlen(text) == len ? cJSON_CreateString(text) : NULL;

	mem_free(text);
	return value;
}

static cJSON *value_of(const msgpack_object *object, unsigned depth);

static cJSON *array_of(const msgpack_object_array *array, unsigned depth)
{
	cJSON *list = cJSON_CreateArray();

	for (uint32_t i = 0; i < array->size; i++) {
		cJSON *item = value_of(&array->ptr[i], depth);

		if (item == NULL) {
			cJSON_Delete(list);
			return NULL;
		}
		cJSON_AddItemToArray(list, item);
	}
	return list;
}

static cJSON *object_of(const msgpack_object_map *map, unsigned depth)
{
	cJSON *object = cJSON_CreateObject();

	for (uint32_t i = 0; i < map->size; i++) {
		const msgpack_object *key = &map->ptr[i].key;
		cJSON *item =
			key->type == MSGPACK_OBJECT_STR ? value_of(&map->ptr[i].val, depth) : NULL;
		char *name;

		if (item == NULL) {
			cJSON_Delete(object);
			return NULL;
		}
		name = mem_strndup(key->via.str.ptr, key->via.str.size);
		cJSON_AddItemToObject(object, name, item);
		mem_free(name);
	}
	return object;
}

static cJSON *value_of(const msgpack_object *object, unsigned depth)
{
	if (depth == 0)
		return NULL;
	switch (object->type) {
	case MSGPACK_OBJECT_NIL:
		return cJSON_CreateNull();
	case MSGPACK_OBJECT_BOOLEAN:
		return cJSON_CreateBool(object->via.boolean);
	case MSGPACK_OBJECT_POSITIVE_INTEGER:
		return cJSON_CreateNumber((double)object->via.u64);
	case MSGPACK_OBJECT_NEGATIVE_INTEGER:
		return cJSON_CreateNumber((double)object->via.i64);
	case MSGPACK_OBJECT_FLOAT32:
	case MSGPACK_OBJECT_FLOAT64:
		return isfinite(object->via.f64) ? cJSON_CreateNumber(object->via.f64) : NULL;
	case MSGPACK_OBJECT_STR:
		return text_of(object->via.str.ptr, object->via.str.size);
	case MSGPACK_OBJECT_BIN:
		return text_of(object->via.bin.ptr, object->via.bin.size);
	case MSGPACK_OBJECT_ARRAY:
		return array_of(&object->via.array, depth - 1);
	case MSGPACK_OBJECT_MAP:
		return object_of(&object->via.map, depth - 1);
	case MSGPACK_OBJECT_EXT:
		break;
	}
	return NULL;
}

/* What follows the first byte of a value: a length of `width` bytes (0: it is in the first byte, or
 * fixed), then `bytes` for each of it, and values to come, `values` for each of it. */
struct form {
	unsigned width;
	uint64_t length;
	unsigned bytes, values;
};

static struct form form_of(unsigned char first)
{
	/* From 0xc0 on, as the specification lists them. */
	static const struct form rest[32] = {
		{0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, /* nil, -, false, true */
		{1, 0, 1, 0}, {2, 0, 1, 0}, {4, 0, 1, 0},               /* bin */
		{1, 1, 1, 0}, {2, 1, 1, 0}, {4, 1, 1, 0},               /* ext, and its type */
		{0, 4, 1, 0}, {0, 8, 1, 0},                             /* float */
		{0, 1, 1, 0}, {0, 2, 1, 0}, {0, 4, 1, 0}, {0, 8, 1, 0}, /* uint */
		{0, 1, 1, 0}, {0, 2, 1, 0}, {0, 4, 1, 0}, {0, 8, 1, 0}, /* int */
		{0, 2, 1, 0}, {0, 3, 1, 0}, {0, 5, 1, 0}, {0, 9, 1, 0}, {0, 17, 1, 0}, /* fixext */
		{1, 0, 1, 0}, {2, 0, 1, 0}, {4, 0, 1, 0},                              /* str */
		{2, 0, 0, 1}, {4, 0, 0, 1},                                            /* array */
		{2, 0, 0, 2}, {4, 0, 0, 2},                                            /* map */
	};

	if (first < 0x80 || first >= 0xe0)
		return (struct form){0, 0, 0, 0};
	if (first < 0x90)
		return (struct form){0, first & 0x0fu, 0, 2};
	if (first < 0xa0)
		return (struct form){0, first & 0x0fu, 0, 1};
	if (first < 0xc0)
		return (struct form){0, first & 0x1fu, 1, 0};
	return rest[first - 0xc0];
}

/* msgpack-c makes room for as much as a header promises before it looks whether that can be there:
 * each value that is promised needs at least a byte. */
static bool is_as_large_as_it_says(const char *bytes, size_t len)
{
	uint64_t values = 1;
	size_t at = 0;

	while (values > 0) {
		struct form form;

		if (values > len - at)
			return false;
		form = form_of((unsigned char)bytes[at++]);
		if (form.width > len - at)
			return false;
		for (uint64_t length = 0; form.width > 0; form.width--) {
			length = length << 8 | (unsigned char)bytes[at++];
			if (form.width == 1)
				form.length += length;
		}
		if (form.length * form.bytes > len - at)
			return false;
		at += (size_t)form.length * form.bytes;
		values += form.length * form.values - 1;
	}
	return at == len;
}

cJSON *hub_unpack(const char *bytes, size_t len)
{
	msgpack_unpacked unpacked;
	size_t at = 0;
	cJSON *value = NULL;

	if (!is_as_large_as_it_says(bytes, len))
		return NULL;
	msgpack_unpacked_init(&unpacked);
	if (msgpack_unpack_next(&unpacked, bytes, len, &at) == MSGPACK_UNPACK_SUCCESS && at == len)
		value = value_of(&unpacked.data, HUB_DEPTH);
	msgpack_unpacked_destroy(&unpacked);
	return value;
}
