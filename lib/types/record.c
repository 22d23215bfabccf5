/* The bytes of a record: a line that names the form, the hash of the rest, the rest. What does not
 * hash right is no record, so a file cut short or overwritten halfway costs one check and nothing
 * else; and what hashes right is still read with every length looked at. */
#include "types/record.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"

/* The number changes with the layout below or with what is recorded. */
static const char magic[] = "attio typecheck 3\n";

#define HASH_BYTES ((size_t)16)

struct source {
	struct arena *arena;
	const unsigned char *at;
	const unsigned char *end;
	bool bad;
};

static void put_number(struct buf *out, uint64_t number)
{
	do {
		unsigned char byte = number & 0x7f;

		number >>= 7;
		buf_putc(out, (char)(number != 0 ? byte | 0x80 : byte));
	} while (number != 0);
}

static uint64_t get_number(struct source *source)
{
	uint64_t number = 0;

	for (unsigned shift = 0; shift < 64; shift += 7) {
		if (source->at == source->end)
			break;
		number |= (uint64_t)(*source->at & 0x7f) << shift;
		if (!(*source->at++ & 0x80))
			return number;
	}
	source->bad = true;
	return 0;
}

/* NULL is kept. */
static void put_text(struct buf *out, const char *text)
{
	size_t len = text != NULL ? strlen(text) : 0;

	put_number(out, text != NULL ? len + 1 : 0);
	buf_add(out, text != NULL ? text : "", len);
}

static const char *get_text(struct source *source)
{
	uint64_t len = get_number(source);
	const char *text;

	if (len == 0)
		return NULL;
	len--;
	if (source->bad || len > (uint64_t)(source->end - source->at) ||
	    memchr(source->at, '\0', (size_t)len) != NULL) {
		source->bad = true;
		return NULL;
	}
	text = arena_strndup(source->arena, (const char *)source->at, (size_t)len);
	source->at += len;
	return text;
}

static const char *get_required(struct source *source)
{
	const char *text = get_text(source);

	source->bad |= text == NULL;
	return text != NULL ? text : "";
}

static void put_span(struct buf *out, const struct ts_span *span)
{
	put_text(out, span->file);
	put_number(out, span->offsets);
	put_number(out, span->line);
	put_number(out, span->column);
	put_number(out, span->end_line);
	put_number(out, span->end_column);
}

static struct ts_span get_span(struct source *source)
{
	struct ts_span span;

	span.file = get_text(source);
	span.offsets = get_number(source) != 0;
	span.line = get_number(source);
	span.column = get_number(source);
	span.end_line = get_number(source);
	span.end_column = get_number(source);
	if (span.file != NULL && !span.offsets && (span.line == 0 || span.column == 0))
		source->bad = true;
	return span;
}

static void put_entry(struct buf *out, const struct record_entry *entry)
{
	put_text(out, entry->path);
	put_number(out, (uint64_t)entry->folder | (uint64_t)entry->missing << 1);
	put_number(out, entry->size);
	put_number(out, entry->modified);
	put_number(out, entry->changed);
	put_number(out, entry->hash.low);
	put_number(out, entry->hash.high);
}

static void get_entry(struct source *source, struct record *record)
{
	struct record_entry *entry =
		arena_push(record->arena, &record->entries, &record->entry_count, sizeof(*entry));
	uint64_t kind;

	entry->path = get_required(source);
	kind = get_number(source);
	entry->folder = kind & 1;
	entry->missing = kind & 2;
	entry->size = get_number(source);
	entry->modified = get_number(source);
	entry->changed = get_number(source);
	entry->hash.low = get_number(source);
	entry->hash.high = get_number(source);
}

static void put_diagnostic(struct buf *out, const struct ts_diagnostic *item)
{
	put_number(out, item->code);
	put_number(out, item->warning);
	put_span(out, &item->span);
	put_text(out, item->message);
	put_number(out, item->related_count);
	for (size_t i = 0; i < item->related_count; i++) {
		put_span(out, &item->related[i].span);
		put_text(out, item->related[i].message);
	}
}

static void get_diagnostic(struct source *source, struct ts_output *output)
{
	struct ts_diagnostic *item = ts_output_add(output);
	uint64_t count;

	item->code = (unsigned)get_number(source);
	item->warning = get_number(source) != 0;
	item->span = get_span(source);
	item->message = get_required(source);
	count = get_number(source);
	for (uint64_t i = 0; i < count && !source->bad; i++) {
		struct ts_related *related = ts_output_relate(output, item);

		related->span = get_span(source);
		related->message = get_required(source);
	}
}

/* The same bytes on every machine. */
static void hash_of(const char *bytes, size_t len, char hash[HASH_BYTES])
{
	struct hash128 sum = hash_content(0, bytes, len);

	for (int i = 0; i < 8; i++) {
		hash[i] = (char)(sum.high >> (56 - 8 * i));
		hash[8 + i] = (char)(sum.low >> (56 - 8 * i));
	}
}

void record_encode(struct buf *out, const struct record *record)
{
	struct buf body = {0};
	char hash[HASH_BYTES];

	put_text(&body, record->key);
	put_text(&body, record->version);
	put_number(&body, record->own);
	put_number(&body, record->files.low);
	put_number(&body, record->files.high);
	put_number(&body, record->entry_count);
	for (size_t i = 0; i < record->entry_count; i++)
		put_entry(&body, &record->entries[i]);
	put_number(&body, record->output.count);
	for (size_t i = 0; i < record->output.count; i++)
		put_diagnostic(&body, &record->output.items[i]);
	hash_of(buf_cstr(&body), body.len, hash);
	buf_puts(out, magic);
	buf_add(out, hash, sizeof(hash));
	buf_add(out, buf_cstr(&body), body.len);
	buf_dispose(&body);
}

int record_decode(struct record *record, struct arena *arena, const char *bytes, size_t len)
{
	const size_t head = strlen(magic) + HASH_BYTES;
	struct source source = {.arena = arena};
	char hash[HASH_BYTES];
	uint64_t count;

	*record = (struct record){.arena = arena, .output = {.arena = arena}};
	if (len < head || memcmp(bytes, magic, strlen(magic)) != 0)
		return -1;
	hash_of(bytes + head, len - head, hash);
	if (memcmp(bytes + strlen(magic), hash, sizeof(hash)) != 0)
		return -1;
	source.at = (const unsigned char *)bytes + head;
	source.end = (const unsigned char *)bytes + len;
	record->key = get_required(&source);
	record->version = get_required(&source);
	record->own = get_number(&source) != 0;
	record->files.low = get_number(&source);
	record->files.high = get_number(&source);
	count = get_number(&source);
	for (uint64_t i = 0; i < count && !source.bad; i++)
		get_entry(&source, record);
	count = get_number(&source);
	for (uint64_t i = 0; i < count && !source.bad; i++)
		get_diagnostic(&source, &record->output);
	return source.bad || source.at != source.end ? -1 : 0;
}
