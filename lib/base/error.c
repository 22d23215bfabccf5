/* Filling a struct error. Texts are formatted aside first, so that a caller may wrap the old
 * message in a new one (`error_set(error, kind, "x: %s", error->message)`), and a text that does
 * not fit is cut between characters, never inside one. */
#include "base/error.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_SIZE = sizeof(((struct error *)0)->message) };

static void __attribute__((format(printf, 2, 0)))
format_text(char out[TEXT_SIZE], const char *format, va_list args)
{
	static const char cut[] = "\xe2\x80\xa6"; /* an ellipsis */
	int len = vsnprintf(out, TEXT_SIZE, format, args);
	if (len < 0) {
		out[0] = '\0';
	} else if (len >= TEXT_SIZE) {
		size_t end = TEXT_SIZE - sizeof(cut);
		while (end != 0 && ((unsigned char)out[end] & 0xc0) == 0x80)
			end--;
		memcpy(out + end, cut, sizeof(cut));
	}
}

static void __attribute__((format(printf, 3, 0)))
set_message(struct error *error, enum error_kind kind, const char *format, va_list args)
{
	char text[TEXT_SIZE];
	format_text(text, format, args);
	memcpy(error->message, text, sizeof(text));
	error->kind = kind;
	error->shortage = false;
	error->lasting = false;
	error->why[0] = '\0';
	error->fix[0] = '\0';
}

int error_set(struct error *error, enum error_kind kind, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	set_message(error, kind, format, args);
	va_end(args);
	return -1;
}

int error_why(struct error *error, const char *format, ...)
{
	char text[TEXT_SIZE];
	va_list args;
	va_start(args, format);
	format_text(text, format, args);
	va_end(args);
	memcpy(error->why, text, sizeof(text));
	return -1;
}

int error_fix(struct error *error, const char *format, ...)
{
	char text[TEXT_SIZE];
	va_list args;
	va_start(args, format);
	format_text(text, format, args);
	va_end(args);
	memcpy(error->fix, text, sizeof(text));
	return -1;
}

/* What to do about what the system says, wherever that shows; who knows better says so after it. */
static void fix_system(struct error *error, int sys)
{
	error->shortage = sys == EMFILE || sys == ENFILE || sys == ENOMEM;
	if (sys == EMFILE)
		error_fix(error, "allow more open files: `ulimit -n 1024`");
	else if (sys == ENFILE)
		error_fix(error, "the whole machine has too many open files: end other programs");
	else if (sys == ENOMEM)
		error_fix(error, "end other programs, or give the machine more memory");
	else if (sys == ENOSPC || sys == EDQUOT)
		error_fix(error, "make room on the disk");
	else if (sys == EROFS)
		error_fix(error, "use a place that can be written");
	else if (sys == EACCES || sys == EPERM)
		error_fix(error, "see with `ls -ld` who may use it, or use another place");
	else if (sys == ENOENT || sys == ENOTDIR)
		error_fix(error, "see whether the name is right and the folder is there");
	else if (sys == ENAMETOOLONG)
		error_fix(error, "use a shorter name");
}

int error_system(struct error *error, int sys, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	set_message(error, ERROR_SYSTEM, format, args);
	va_end(args);
	if (sys == ELOOP)
		return error_why(error, "symbolic links form a loop");
	error_why(error, "%s", strerror(sys));
	/* Our messages start in lower case; those of the C library do not. */
	error->why[0] = (char)tolower((unsigned char)error->why[0]);
	fix_system(error, sys);
	return -1;
}

void error_keep_shortage(struct error *kept, const struct error *error)
{
	if (kept != NULL && error->shortage && !kept->shortage)
		*kept = *error;
}
