/* Growing bytes. Always NUL-terminated once anything was added; `ptr` is never NULL after
 * buf_cstr. A zeroed struct is an empty buffer. */
#ifndef ATTIO_BASE_BUF_H
#define ATTIO_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
	char *ptr;
	size_t len;
	size_t cap;
};

void buf_add(struct buf *buf, const void *data, size_t len);
void buf_puts(struct buf *buf, const char *text);
void buf_putc(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
/* Appends a character as UTF-8 (utf8_encode). */
void buf_put_char(struct buf *buf, uint32_t code_point);
/* Appends `text`; bytes that are not UTF-8 become U+FFFD each. */
void buf_put_utf8(struct buf *buf, const char *text, size_t len);
/* Appends `text` as a JSON (and JavaScript) string literal with its quotes, ASCII only. Bytes that
 * are not UTF-8 become U+FFFD. */
void buf_put_json_string(struct buf *buf, const char *text, size_t len);
/* Appends a member of a JSON object, "name":"text", behind a comma unless the buffer ends with the
 * object's brace or a comma. An empty buffer is the middle of an object. NULL is null. */
void buf_put_json_member(struct buf *buf, const char *name, const char *text);
/* The bytes as a C string; "" for an empty buffer. Borrowed. */
const char *buf_cstr(struct buf *buf);
/* Hands the bytes over to the caller (mem_free) and empties the buffer. Never NULL. */
char *buf_take(struct buf *buf);
/* Makes room for `extra` more bytes and returns where they start; then add to len by hand. */
char *buf_reserve(struct buf *buf, size_t extra);
void buf_clear(struct buf *buf);
/* Removes the first `len` bytes. */
void buf_drop(struct buf *buf, size_t len);
void buf_dispose(struct buf *buf);

#endif
