/* The packet codec of esbuild's service. Pure, so that it can be tested byte by byte and fuzzed.
 * Decoding trusts nothing: a child that is killed half way, or that is not esbuild at all, may
 * leave anything in the pipe. A value is at least one byte long, so a count above the remaining
 * bytes is refused before memory is reserved for it. */
#include "bundle/wire.h"

#include <string.h>

#include "base/arena.h"

struct wire_value wire_null(void)
{
	return (struct wire_value){.tag = WIRE_NULL};
}

struct wire_value wire_bool(bool value)
{
	return (struct wire_value){.tag = WIRE_BOOL, .number = value ? 1 : 0};
}

struct wire_value wire_int(uint32_t value)
{
	return (struct wire_value){.tag = WIRE_INT, .number = value};
}

struct wire_value wire_string(const char *text)
{
	return (struct wire_value){.tag = WIRE_STRING, .text = {text, strlen(text)}};
}

struct wire_value wire_bytes(const void *bytes, size_t len)
{
	return (struct wire_value){.tag = WIRE_BYTES, .text = {bytes, len}};
}

struct wire_value wire_array(void)
{
	return (struct wire_value){.tag = WIRE_ARRAY};
}

struct wire_value wire_map(void)
{
	return (struct wire_value){.tag = WIRE_MAP};
}

void wire_push(struct arena *arena, struct wire_value *array, struct wire_value item)
{
	struct wire_value *place;

	place = arena_push(arena, &array->items, &array->count, sizeof(*place));
	*place = item;
}

void wire_put(struct arena *arena, struct wire_value *map, const char *key, struct wire_value item)
{
	size_t keys = map->count;
	struct wire_text *name;

	name = arena_push(arena, &map->keys, &keys, sizeof(*name));
	*name = (struct wire_text){key, strlen(key)};
	wire_push(arena, map, item);
}

static bool text_is(struct wire_text text, const char *wanted)
{
	size_t len = strlen(wanted);

	return text.len == len && memcmp(text.ptr, wanted, len) == 0;
}

const struct wire_value *wire_get(const struct wire_value *map, const char *key)
{
	if (map == NULL || map->tag != WIRE_MAP)
		return NULL;
	for (size_t i = 0; i < map->count; i++) {
		if (text_is(map->keys[i], key))
			return &map->items[i];
	}
	return NULL;
}

char *wire_copy(struct arena *arena, const struct wire_value *value)
{
	if (value == NULL || (value->tag != WIRE_STRING && value->tag != WIRE_BYTES))
		return NULL;
	return arena_strndup(arena, value->text.len != 0 ? value->text.ptr : "", value->text.len);
}

bool wire_text_is(const struct wire_value *value, const char *text)
{
	return value != NULL && value->tag == WIRE_STRING && text_is(value->text, text);
}

uint32_t wire_number(const struct wire_value *value, uint32_t otherwise)
{
	if (value == NULL || (value->tag != WIRE_INT && value->tag != WIRE_BOOL))
		return otherwise;
	return value->number;
}

static void put_word(struct buf *out, uint32_t word)
{
	unsigned char bytes[4] = {(unsigned char)word, (unsigned char)(word >> 8),
				  (unsigned char)(word >> 16), (unsigned char)(word >> 24)};

	buf_add(out, bytes, sizeof(bytes));
}

static uint32_t get_word(const char *bytes)
{
	const unsigned char *b = (const unsigned char *)bytes;

	return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static int put_text(struct buf *out, struct wire_text text)
{
	if (text.len > WIRE_PACKET)
		return -1;
	put_word(out, (uint32_t)text.len);
	if (text.len != 0)
		buf_add(out, text.ptr, text.len);
	return 0;
}

static int put_value(struct buf *out, const struct wire_value *value, int depth)
{
	if (out->len > WIRE_PACKET)
		return -1;
	buf_putc(out, (char)value->tag);
	switch (value->tag) {
	case WIRE_NULL:
		return 0;
	case WIRE_BOOL:
		buf_putc(out, value->number != 0 ? 1 : 0);
		return 0;
	case WIRE_INT:
		put_word(out, value->number);
		return 0;
	case WIRE_STRING:
	case WIRE_BYTES:
		return put_text(out, value->text);
	case WIRE_ARRAY:
	case WIRE_MAP:
		break;
	}
	if (depth == WIRE_DEPTH || value->count > WIRE_PACKET)
		return -1;
	put_word(out, (uint32_t)value->count);
	for (size_t i = 0; i < value->count; i++) {
		if (value->tag == WIRE_MAP && put_text(out, value->keys[i]) != 0)
			return -1;
		if (put_value(out, &value->items[i], depth + 1) != 0)
			return -1;
	}
	return 0;
}

int wire_encode(struct buf *out, const struct wire_packet *packet)
{
	size_t start = out->len, len;
	int failed;

	put_word(out, 0);
	put_word(out, packet->id << 1 | (packet->response ? 1 : 0));
	failed = put_value(out, &packet->value, 0);
	len = out->len - start - 4;
	if (failed != 0 || len > WIRE_PACKET) {
		out->len = start;
		out->ptr[start] = '\0';
		return -1;
	}
	for (int i = 0; i < 4; i++)
		out->ptr[start + (size_t)i] = (char)(unsigned char)(len >> (8 * i));
	return 0;
}

struct reader {
	struct arena *arena;
	const char *at;
	size_t left;
};

static int take(struct reader *reader, size_t len, const char **bytes)
{
	if (len > reader->left)
		return -1;
	*bytes = reader->at;
	reader->at += len;
	reader->left -= len;
	return 0;
}

static int take_word(struct reader *reader, uint32_t *word)
{
	const char *bytes;

	if (take(reader, 4, &bytes) != 0)
		return -1;
	*word = get_word(bytes);
	return 0;
}

static int take_text(struct reader *reader, struct wire_text *text)
{
	uint32_t len;

	if (take_word(reader, &len) != 0)
		return -1;
	text->len = len;
	return take(reader, len, &text->ptr);
}

static int take_value(struct reader *reader, struct wire_value *value, int depth);

static int take_items(struct reader *reader, struct wire_value *value, int depth)
{
	/* A map's item has at least its key's length and a tag. */
	size_t least = value->tag == WIRE_MAP ? 5 : 1;
	uint32_t count;

	if (depth == WIRE_DEPTH || take_word(reader, &count) != 0 || count > reader->left / least)
		return -1;
	if (count == 0)
		return 0;
	value->count = count;
	value->items = arena_alloc(reader->arena, count * sizeof(*value->items));
	if (value->tag == WIRE_MAP)
		value->keys = arena_alloc(reader->arena, count * sizeof(*value->keys));
	for (size_t i = 0; i < count; i++) {
		if (value->keys != NULL && take_text(reader, &value->keys[i]) != 0)
			return -1;
		if (take_value(reader, &value->items[i], depth + 1) != 0)
			return -1;
	}
	return 0;
}

static int take_value(struct reader *reader, struct wire_value *value, int depth)
{
	const char *byte;

	*value = (struct wire_value){0};
	if (take(reader, 1, &byte) != 0 || (unsigned char)*byte > WIRE_MAP)
		return -1;
	value->tag = (enum wire_tag)(unsigned char)*byte;
	switch (value->tag) {
	case WIRE_NULL:
		return 0;
	case WIRE_BOOL:
		if (take(reader, 1, &byte) != 0)
			return -1;
		value->number = *byte != 0;
		return 0;
	case WIRE_INT:
		return take_word(reader, &value->number);
	case WIRE_STRING:
	case WIRE_BYTES:
		return take_text(reader, &value->text);
	case WIRE_ARRAY:
	case WIRE_MAP:
		break;
	}
	return take_items(reader, value, depth);
}

int wire_decode(struct arena *arena, const char *bytes, size_t len, struct wire_packet *packet)
{
	struct reader reader = {arena, bytes, len};
	uint32_t word;

	if (len > WIRE_PACKET || take_word(&reader, &word) != 0)
		return -1;
	packet->id = word >> 1;
	packet->response = word & 1;
	if (take_value(&reader, &packet->value, 0) != 0 || reader.left != 0)
		return -1;
	return 0;
}

enum wire_status wire_next(const struct buf *bytes, size_t *start, struct wire_text *frame)
{
	size_t left = bytes->len - *start;
	const char *at;
	uint32_t len;

	if (left < 4)
		return WIRE_MORE;
	at = bytes->ptr + *start;
	len = get_word(at);
	if (len > WIRE_PACKET)
		return WIRE_BAD;
	if (left - 4 < len)
		return WIRE_MORE;
	*frame = (struct wire_text){at + 4, len};
	*start += 4 + (size_t)len;
	return WIRE_FRAME;
}
