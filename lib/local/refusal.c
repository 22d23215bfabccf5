/* The service's error envelope (its keys in the service's order). */
#include "local/refusal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

void refusal_dispose(struct refusal *refusal)
{
	buf_dispose(&refusal->issues);
	memset(refusal, 0, sizeof(*refusal));
}

__attribute__((format(printf, 5, 0))) static int fill(struct refusal *refusal, int status,
						      const char *type, const char *code,
						      const char *format, va_list args)
{
	refusal->status = status;
	refusal->type = type;
	refusal->code = code;
	vsnprintf(refusal->message, sizeof(refusal->message), format, args);
	refusal->path[0] = '\0';
	buf_clear(&refusal->issues);
	return -1;
}

int refusal_set(struct refusal *refusal, int status, const char *type, const char *code,
		const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fill(refusal, status, type, code, format, args);
	va_end(args);
	return -1;
}

int refusal_bad(struct refusal *refusal, const char *code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fill(refusal, 400, REFUSAL_REQUEST, code, format, args);
	va_end(args);
	return -1;
}

int refusal_missing(struct refusal *refusal, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fill(refusal, 404, REFUSAL_REQUEST, "not_found", format, args);
	va_end(args);
	return -1;
}

int refusal_system(struct refusal *refusal, const struct error *error)
{
	return refusal_set(refusal, 500, REFUSAL_API, "internal_error", "%s%s%s", error->message,
			   error->why[0] != '\0' ? ": " : "", error->why);
}

int refusal_issue(struct refusal *refusal, const char *code, const char *path, const char *expected,
		  const char *received, const char *format, ...)
{
	struct buf *out = &refusal->issues;
	char message[512];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	if (out->len > 0)
		buf_putc(out, ',');
	buf_putc(out, '{');
	buf_put_json_member(out, "code", code);
	buf_printf(out, ",\"path\":[%s]", path);
	buf_put_json_member(out, "message", message);
	if (expected != NULL)
		buf_put_json_member(out, "expected", expected);
	if (received != NULL)
		buf_put_json_member(out, "received", received);
	buf_putc(out, '}');
	return -1;
}

void refusal_print(struct buf *out, const struct refusal *refusal)
{
	buf_printf(out, "{\"status_code\":%d", refusal->status);
	buf_put_json_member(out, "type", refusal->type);
	buf_put_json_member(out, "code", refusal->code);
	buf_put_json_member(out, "message", refusal->message);
	if (refusal->path[0] != '\0')
		buf_printf(out, ",\"path\":[%s]", refusal->path);
	if (refusal->issues.len > 0)
		buf_printf(out, ",\"validation_errors\":[%s]", refusal->issues.ptr);
	buf_putc(out, '}');
}
