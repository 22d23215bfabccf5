/* Letters whose pairs lie at a fixed distance or beside each other; the few others are listed. */
#include "local/world/fold.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"

static const struct {
	uint32_t first, last;
	uint32_t add;
} ranges[] = {
	{'A', 'Z', 32},         {0xc0, 0xd6, 32},     {0xd8, 0xde, 32},     {0x391, 0x3a1, 32},
	{0x3a3, 0x3ab, 32},     {0x410, 0x42f, 32},   {0x400, 0x40f, 80},   {0x531, 0x556, 48},
	{0x10a0, 0x10c5, 7264}, {0x24b6, 0x24cf, 26}, {0xff21, 0xff3a, 32}, {0x388, 0x38a, 37},
};

/* Here an even (odd) letter is the capital of the next one. */
static const struct {
	uint32_t first, last;
	uint32_t parity;
} pairs[] = {
	{0x100, 0x12e, 0},   {0x132, 0x136, 0}, {0x139, 0x147, 1}, {0x14a, 0x176, 0},
	{0x179, 0x17d, 1},   {0x1cd, 0x1db, 1}, {0x1de, 0x1ee, 0}, {0x1f8, 0x21e, 0},
	{0x460, 0x480, 0},   {0x48a, 0x4be, 0}, {0x4d0, 0x52e, 0}, {0x1e00, 0x1e94, 0},
	{0x1ea0, 0x1efe, 0},
};

static uint32_t fold_char(uint32_t c)
{
	if (c == 0x130)
		return 'i';
	if (c == 0x178)
		return 0xff;
	if (c == 0x386)
		return 0x3ac;
	for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return c + ranges[i].add;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		if (c >= pairs[i].first && c <= pairs[i].last)
			return c % 2 == pairs[i].parity ? c + 1 : c;
	return c;
}

void fold_text(struct buf *out, const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		uint32_t c = (unsigned char)text[at];
		bool valid = true;
		size_t step = 1;

		if (c >= 0x80)
			step = utf8_decode(text + at, len - at, &c, &valid);
		if (!valid)
			buf_add(out, text + at, step);
		else if (c < 0x80)
			buf_putc(out, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
		else
			buf_put_char(out, fold_char(c));
		at += step;
	}
}
