/* The file: a head, the items sorted by key, all entries, then the texts of verdicts, each with its
 * NUL; numbers as this machine writes them.
 * Whoever made it, it is checked before it is believed: the head says format, program and grammar,
 * a checksum guards the rest, and a table is taken only when every number in it makes sense. */
#include "source/cache.h"

#include <stdlib.h>
#include <string.h>

#include <tree_sitter/api.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "source/grammar.h"
#include "sys/cache.h"
#include "sys/fs.h"

/* To be counted up when the same text gives another table (parse.c, respell.c, guess.c), or when
 * the layout changes. */
#define FORMAT 8

#define CACHE_LIMIT ((size_t)512 << 20)

struct head {
	char magic[8];
	uint32_t format;
	uint32_t item_count;
	uint64_t entry_count;
	uint64_t text_len;
	uint64_t origin; /* of program, our numbers for kinds and the grammars */
	uint64_t checksum;
};

struct item {
	struct hash128 key;
	uint64_t first; /* index of the root's entry */
	uint64_t broken_at;
	uint64_t judge;      /* of the verdict */
	uint64_t start, end; /* a refusal's */
	uint64_t cause;      /* offset of its text, or of the remarks behind an acceptance */
	uint32_t count;
	uint32_t verdict; /* its kind; never that nobody could be asked */
	uint32_t unread, doubtful;
};

struct syntax_cache {
	struct arena *arena;
	const char *file; /* NULL: there is none and none can be made */
	const struct item *items;
	struct entry *entries;
	const char *texts;
	size_t text_len;
	size_t count;
};

static const char magic[8] = {'A', 'T', 'T', 'I', 'O', 'S', 'Y', 'N'};

static uint64_t hash_grammar(enum dialect dialect, uint64_t hash)
{
	const TSLanguage *language = grammar(dialect);
	uint32_t count = ts_language_symbol_count(language);

	for (uint32_t i = 0; i < count; i++) {
		const char *name = ts_language_symbol_name(language, (TSSymbol)i);

		hash = hash_bytes(hash, name, name != NULL ? strlen(name) : 0);
	}
	return hash;
}

static uint64_t origin(void)
{
	uint64_t hash = hash_bytes(FORMAT, ATTIO_VERSION, strlen(ATTIO_VERSION));

	for (enum node_kind kind = NODE_NONE; kind < NODE_KIND_COUNT; kind++)
		hash = hash_bytes(hash, kind_name(kind), strlen(kind_name(kind)));
	for (enum node_field field = FIELD_NONE; field < NODE_FIELD_COUNT; field++)
		hash = hash_bytes(hash, field_name(field), strlen(field_name(field)));
	return hash_grammar(DIALECT_TSX, hash_grammar(DIALECT_TS, hash));
}

static int by_key(const void *a, const void *b)
{
	const struct hash128 *x = &((const struct item *)a)->key;
	const struct hash128 *y = &((const struct item *)b)->key;

	if (x->high != y->high)
		return x->high < y->high ? -1 : 1;
	return x->low < y->low ? -1 : x->low > y->low;
}

/* Whether the text of the file is whole and ours. */
static bool check(struct syntax_cache *cache, char *text, size_t len)
{
	struct head head;
	size_t rest = len - sizeof(head), left;

	if (len < sizeof(head))
		return false;
	memcpy(&head, text, sizeof(head));
	if (memcmp(head.magic, magic, sizeof(magic)) != 0 || head.format != FORMAT ||
	    head.origin != origin() || head.item_count > rest / sizeof(struct item))
		return false;
	left = rest - head.item_count * sizeof(struct item);
	if (head.entry_count > left / sizeof(struct entry) ||
	    left - head.entry_count * sizeof(struct entry) != head.text_len)
		return false;
	if (hash_bytes(0, text + sizeof(head), rest) != head.checksum)
		return false;
	cache->items = (const struct item *)(text + sizeof(head));
	cache->entries =
		(struct entry *)(text + sizeof(head) + head.item_count * sizeof(struct item));
	cache->texts = (const char *)(cache->entries + head.entry_count);
	cache->text_len = head.text_len;
	for (size_t i = 0; i < head.item_count; i++) {
		const struct item *item = &cache->items[i];

		if (item->count == 0 || item->first > head.entry_count ||
		    item->count > head.entry_count - item->first)
			return false;
	}
	cache->count = head.item_count;
	return true;
}

struct syntax_cache *syntax_cache_open(const char *folder, const char *root)
{
	struct syntax_cache *cache = mem_zalloc(1, sizeof(*cache));
	struct error error = {0};
	char *text;
	size_t len;

	cache->arena = arena_new();
	cache->file = cache_file_of(cache->arena, folder, "syntax-", root);
	if (fs_read(cache->arena, cache->file, CACHE_LIMIT, &text, &len, &error) == 0)
		check(cache, text, len);
	return cache;
}

void syntax_cache_close(struct syntax_cache *cache)
{
	if (cache == NULL)
		return;
	arena_free(cache->arena);
	mem_free(cache);
}

static bool verdict_makes_sense(const struct syntax_cache *cache, const struct item *item,
				size_t len)
{
	switch (item->verdict) {
	case VERDICT_NONE:
		return true;
	case VERDICT_ACCEPTED:
	case VERDICT_REFUSED:
		return item->start <= item->end && item->end <= len &&
		       item->cause < cache->text_len &&
		       memchr(cache->texts + item->cause, '\0', cache->text_len - item->cause) !=
			       NULL;
	default:
		return false;
	}
}

static bool makes_sense(const struct entry *entries, uint32_t count, size_t len)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct entry *entry = &entries[i];

		if (entry->start > entry->end || entry->end > len || entry->after <= i ||
		    entry->after > count || entry->field >= NODE_FIELD_COUNT ||
		    entry->kind >= NODE_KIND_COUNT)
			return false;
		if (i > 0 && (entry->parent >= i || entry->after > entries[entry->parent].after))
			return false;
	}
	return entries[0].parent == 0;
}

bool syntax_cache_take(const struct syntax_cache *cache, struct syntax *syntax, const char *path,
		       enum dialect dialect, const char *bytes, size_t len)
{
	const struct item *item;
	struct item wanted = {0};

	if (cache->count == 0)
		return false;
	wanted.key = hash_content(dialect, bytes, len);
	item = bsearch(&wanted, cache->items, cache->count, sizeof(wanted), by_key);
	if (item == NULL || item->broken_at > len ||
	    !makes_sense(cache->entries + item->first, item->count, len) ||
	    !verdict_makes_sense(cache, item, len))
		return false;
	*syntax = (struct syntax){
		.path = path,
		.bytes = bytes,
		.len = len,
		.dialect = dialect,
		.entries = cache->entries + item->first,
		.count = item->count,
		.borrowed = true,
		.unread = item->unread != 0,
		.doubtful = item->doubtful != 0,
		.broken_at = (size_t)item->broken_at,
	};
	if (item->verdict != VERDICT_NONE)
		syntax->verdict = (struct verdict){
			.kind = (enum verdict_kind)item->verdict,
			.judge = item->judge,
			.start = (size_t)item->start,
			.end = (size_t)item->end,
		};
	if (item->verdict == VERDICT_REFUSED)
		syntax->verdict.cause = cache->texts + item->cause;
	if (item->verdict == VERDICT_ACCEPTED && cache->texts[item->cause] != '\0')
		syntax->verdict.remarks = cache->texts + item->cause;
	return true;
}

static void keep_verdict(struct item *item, const struct verdict *verdict, struct buf *texts)
{
	const char *text;

	if (verdict->kind != VERDICT_ACCEPTED && verdict->kind != VERDICT_REFUSED)
		return;
	item->verdict = verdict->kind;
	item->judge = verdict->judge;
	item->start = verdict->start;
	item->end = verdict->end;
	item->cause = texts->len;
	text = verdict->kind == VERDICT_REFUSED ? verdict->cause : verdict->remarks;
	buf_add(texts, text != NULL ? text : "", text != NULL ? strlen(text) + 1 : 1);
}

void syntax_cache_save(const struct syntax_cache *cache, const struct syntax *const *syntaxes,
		       size_t count)
{
	struct head head = {.format = FORMAT, .item_count = (uint32_t)count, .origin = origin()};
	struct item *items = mem_zalloc(count, sizeof(*items));
	struct buf out = {0}, texts = {0};

	memcpy(head.magic, magic, sizeof(magic));
	for (size_t i = 0; i < count; i++) {
		const struct syntax *syntax = syntaxes[i];

		items[i].key = hash_content(syntax->dialect, syntax->bytes, syntax->len);
		items[i].first = head.entry_count;
		items[i].count = syntax->count;
		items[i].unread = syntax->unread;
		items[i].doubtful = syntax->doubtful;
		keep_verdict(&items[i], &syntax->verdict, &texts);
		items[i].broken_at = syntax->broken_at;
		head.entry_count += syntax->count;
	}
	head.text_len = texts.len;
	if (count > 1)
		qsort(items, count, sizeof(*items), by_key);
	buf_add(&out, &head, sizeof(head));
	buf_add(&out, items, count * sizeof(*items));
	for (size_t i = 0; i < count; i++)
		buf_add(&out, syntaxes[i]->entries, syntaxes[i]->count * sizeof(struct entry));
	buf_add(&out, texts.ptr, texts.len);
	head.checksum = hash_bytes(0, out.ptr + sizeof(head), out.len - sizeof(head));
	memcpy(out.ptr, &head, sizeof(head));
	fs_write_cache(cache->file, out.ptr, out.len);
	buf_dispose(&out);
	buf_dispose(&texts);
	mem_free(items);
}
