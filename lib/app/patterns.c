/* See patterns.h. Of a sorted list of beginnings, all that a text begins with are found from one
 * place: the last that is not behind the text in the order, the longest other one that this one
 * begins with, and so on. With ends it is the same, read backwards. */
#include "app/patterns.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct named {
	const char *name;
	const char *star; /* NULL: none */
	bool whole;
	size_t order;
	const void *value;
};

/* A beginning or an end. */
struct affix {
	const char *text;
	size_t len;
	size_t shorter; /* place + 1 in its list of the longest other one that it begins with */
	/* Of a beginning: the value of the name that is `whole`, or NULL, and its ends. */
	const void *value;
	size_t first, count;
};

/* How many bytes two texts share, from the start or from the end. */
static size_t shared(const char *a, size_t a_len, const char *b, size_t b_len, bool backwards)
{
	size_t len = a_len < b_len ? a_len : b_len, i = 0;

	if (backwards)
		while (i < len && a[a_len - i - 1] == b[b_len - i - 1])
			i++;
	else
		while (i < len && a[i] == b[i])
			i++;
	return i;
}

static int compare(const char *a, size_t a_len, const char *b, size_t b_len, bool backwards)
{
	size_t at = shared(a, a_len, b, b_len, backwards);

	if (at == a_len || at == b_len)
		return a_len < b_len ? -1 : a_len > b_len;
	return backwards ? (unsigned char)a[a_len - at - 1] - (unsigned char)b[b_len - at - 1]
			 : (unsigned char)a[at] - (unsigned char)b[at];
}

static size_t beginning_len(const struct named *named)
{
	return named->star != NULL ? (size_t)(named->star - named->name) : strlen(named->name);
}

static bool is_pattern(const struct named *named)
{
	return named->star != NULL || named->whole;
}

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order != 0 ? order : x->order < y->order ? -1 : 1;
}

/* Those of one beginning together, with the `whole` one first. */
static int by_affixes(const void *a, const void *b)
{
	const struct named *x = *(const struct named *const *)a;
	const struct named *y = *(const struct named *const *)b;
	int order = compare(x->name, beginning_len(x), y->name, beginning_len(y), false);

	if (order == 0 && (x->star == NULL || y->star == NULL))
		order = (x->star != NULL) - (y->star != NULL);
	else if (order == 0)
		order = compare(x->star + 1, strlen(x->star + 1), y->star + 1, strlen(y->star + 1),
				true);
	return order != 0 ? order : x->order < y->order ? -1 : 1;
}

void patterns_add(struct patterns *patterns, struct arena *arena, const char *name, bool whole,
		  const void *value)
{
	size_t order = patterns->count;
	struct named *named =
		arena_push(arena, &patterns->all, &patterns->count, sizeof(*patterns->all));

	*named = (struct named){name, strchr(name, '*'), whole, order, value};
}

/* Puts an affix behind those of its list (from `first` on), unless it is the last one there. */
static struct affix *put(struct affix *list, size_t first, size_t *count, const char *text,
			 size_t len, bool backwards)
{
	struct affix *last = *count > first ? &list[*count - 1] : NULL;
	size_t above;

	if (last != NULL && compare(last->text, last->len, text, len, backwards) == 0)
		return NULL;
	/* Whatever it begins with is the one before it, or begins that one. */
	for (above = *count > first ? *count : 0; above > 0; above = list[above - 1].shorter)
		if (shared(list[above - 1].text, list[above - 1].len, text, len, backwards) ==
		    list[above - 1].len)
			break;
	list[*count] = (struct affix){.text = text, .len = len, .shorter = above};
	return &list[(*count)++];
}

void patterns_settle(struct patterns *patterns, struct arena *arena)
{
	const struct named **sorted;
	struct affix *beginning = NULL, *ending;
	size_t count = 0;

	if (patterns->count == 0)
		return;
	qsort(patterns->all, patterns->count, sizeof(*patterns->all), by_name);
	sorted = arena_alloc(arena, patterns->count * sizeof(*sorted));
	for (size_t i = 0; i < patterns->count; i++)
		if (is_pattern(&patterns->all[i]))
			sorted[count++] = &patterns->all[i];
	if (count == 0)
		return;
	qsort(sorted, count, sizeof(*sorted), by_affixes);
	patterns->beginnings = arena_alloc(arena, count * sizeof(*patterns->beginnings));
	patterns->endings = arena_alloc(arena, count * sizeof(*patterns->endings));
	for (size_t i = 0; i < count; i++) {
		const struct named *named = sorted[i];
		struct affix *next = put(patterns->beginnings, 0, &patterns->beginning_count,
					 named->name, beginning_len(named), false);

		if (next != NULL) {
			beginning = next;
			beginning->first = patterns->ending_count;
		}
		if (named->star == NULL && beginning->value == NULL)
			beginning->value = named->value;
		if (named->star == NULL)
			continue;
		ending = put(patterns->endings, beginning->first, &patterns->ending_count,
			     named->star + 1, strlen(named->star + 1), true);
		if (ending != NULL)
			ending->value = named->value;
		beginning->count = patterns->ending_count - beginning->first;
	}
}

/* The longest affix that fits, as place + 1; 0: none. The next shorter one is its `shorter`. */
static size_t longest(const struct affix *list, size_t first, size_t count, const char *text,
		      size_t len, bool backwards)
{
	size_t low = first, high = first + count, common;

	/* The first one that is behind the text in the order. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(list[middle].text, list[middle].len, text, len, backwards) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == first)
		return 0;
	common = shared(list[low - 1].text, list[low - 1].len, text, len, backwards);
	while (low > 0 && list[low - 1].len > common)
		low = list[low - 1].shorter;
	return low;
}

const void *patterns_exact(const struct patterns *patterns, const char *name)
{
	size_t low = 0, high = patterns->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(patterns->all[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < patterns->count && strcmp(patterns->all[low].name, name) == 0
		       ? patterns->all[low].value
		       : NULL;
}

const void *patterns_best(const struct patterns *patterns, const char *text, bool some)
{
	size_t len = strlen(text);
	size_t at = longest(patterns->beginnings, 0, patterns->beginning_count, text, len, false);

	for (; at > 0; at = patterns->beginnings[at - 1].shorter) {
		const struct affix *beginning = &patterns->beginnings[at - 1];
		const char *rest = text + beginning->len;
		size_t rest_len = len - beginning->len;
		size_t end = longest(patterns->endings, beginning->first, beginning->count, rest,
				     rest_len, true);

		for (; end > 0; end = patterns->endings[end - 1].shorter) {
			const struct affix *ending = &patterns->endings[end - 1];

			if (!some || ending->len == 0 || ending->len < rest_len)
				return ending->value;
		}
		if (beginning->value != NULL)
			return beginning->value;
	}
	return NULL;
}
