/* See budget.h. The numbers are read by hand: strtod follows the locale. */
#include "bundle/budget.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "bundle/bundle.h"
#include "bundle/findings.h"
#include "bundle/sizes.h"

enum { NAMED_MODULES = 3 };

#define LIMIT_MAX ((size_t)1 << 40)

static const char *const kinds[BUDGET_KINDS] = {"client", "server", "block"};

static int wrong(struct error *error, const char *word, size_t len)
{
	error_set(error, ERROR_USAGE, "`--budget` cannot be `%.*s`", (int)len, word);
	error_why(error, "it is a list of `client=SIZE`, `server=SIZE` and `block=SIZE`, where "
			 "SIZE is a number of bytes, or of KiB with `k`, of MiB with `m`");
	return error_fix(error, "write for example `--budget client=300k,server=1m`");
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "300k", "1.5m", "4096": false for anything else, zero included. */
static bool parse_size(const char *at, const char *end, size_t *size)
{
	double value = 0, step = 1;

	if (at == end || !is_digit(*at))
		return false;
	for (; at < end && is_digit(*at) && value < (double)LIMIT_MAX; at++)
		value = value * 10 + (*at - '0');
	if (at < end && *at == '.') {
		if (++at == end || !is_digit(*at))
			return false;
		for (; at < end && is_digit(*at); at++)
			value += (*at - '0') * (step /= 10);
	}
	if (at < end && (*at == 'k' || *at == 'K'))
		value *= 1024, at++;
	else if (at < end && (*at == 'm' || *at == 'M'))
		value *= 1024.0 * 1024, at++;
	if (at != end || value < 1 || value > (double)LIMIT_MAX)
		return false;
	*size = (size_t)value;
	return true;
}

static int parse_one(struct budget *budget, const char *word, size_t len, struct error *error)
{
	const char *equals = memchr(word, '=', len);
	size_t name = equals != NULL ? (size_t)(equals - word) : 0;

	for (size_t i = 0; i < BUDGET_KINDS; i++) {
		if (equals != NULL && strlen(kinds[i]) == name &&
		    memcmp(kinds[i], word, name) == 0 &&
		    parse_size(equals + 1, word + len, &budget->limits[i]))
			return 0;
	}
	return wrong(error, word, len);
}

int budget_parse(struct budget *budget, const char *words, struct error *error)
{
	for (;;) {
		size_t len = strcspn(words, ",");

		if (parse_one(budget, words, len, error) != 0)
			return -1;
		if (words[len] == '\0')
			return 0;
		words += len + 1;
	}
}

/* The limit of the bundle's kind, or 0. */
static size_t limit_of(const struct budget *budget, const struct bundle *bundle)
{
	if (bundle->block != NULL)
		return budget->limits[BUDGET_BLOCK];
	return budget
		->limits[strcmp(bundle->path, "index.js") == 0 ? BUDGET_CLIENT : BUDGET_SERVER];
}

static void report(const struct bundle_size *size, size_t limit, struct diags *diags)
{
	struct buf text = {0};
	struct diag *diag;
	size_t told = 0;

	buf_printf(&text, "the %s bundle has ", size->name);
	sizes_put(&text, size->bytes);
	buf_puts(&text, ", its budget is ");
	sizes_put(&text, limit);
	diag = diag_add(diags, &finding_budget, (struct place){0}, "%s", buf_cstr(&text));
	buf_clear(&text);
	buf_puts(&text, "its largest modules are ");
	for (size_t i = 0; i < size->count && told < NAMED_MODULES; i++) {
		if (size->modules[i].generated)
			continue;
		buf_printf(&text, "%s`%s` (", told++ > 0 ? ", " : "", size->modules[i].path);
		sizes_put(&text, size->modules[i].bytes);
		buf_putc(&text, ')');
	}
	buf_puts(&text, "; `attio build --report treemap=FILE` shows them all");
	diag->help = told > 0 ? arena_strdup(diags->arena, buf_cstr(&text)) : NULL;
	buf_dispose(&text);
}

void budget_check(const struct budget *budget, const struct sizes *sizes, struct diags *diags)
{
	for (size_t i = 0; i < sizes->count; i++) {
		size_t limit = limit_of(budget, sizes->items[i].bundle);

		if (limit > 0 && sizes->items[i].bytes > limit)
			report(&sizes->items[i], limit, diags);
	}
}
