/* See remedies.h. */
#include "app/remedies.h"

#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

/* Between backticks in a cause, where it stands for a name or a token. */
static const char *const reserved[] = {
	"break",  "case",   "catch",  "class", "const",      "continue", "debugger", "default",
	"delete", "do",     "else",   "enum",  "export",     "extends",  "false",    "finally",
	"for",    "if",     "import", "in",    "instanceof", "new",      "null",     "return",
	"super",  "switch", "this",   "throw", "true",       "try",      "typeof",   "var",
	"void",   "while",  "with",   NULL,
};

static bool ends_with_word(const char *cause, const char *const *words)
{
	size_t len = strlen(cause);

	for (size_t i = 0; words[i] != NULL; i++) {
		size_t width = strlen(words[i]);

		if (len > width + 2 && cause[len - 1] == '`' && cause[len - width - 2] == '`' &&
		    strncmp(cause + len - width - 1, words[i], width) == 0)
			return true;
	}
	return false;
}

/* Characters that only a copied text has. */
static bool is_invisible(const char *cause)
{
	static const char *const written[] = {"\\u200b", "\\u200c", "\\u200d", "\\u2060",
					      "\\ufeff", "\\xad",   "\\x00",   NULL};

	for (size_t i = 0; written[i] != NULL; i++)
		if (strstr(cause, written[i]) != NULL)
			return true;
	return false;
}

struct known {
	const char *part, *remedy;
};

static const char *find(const struct known *known, size_t count, const char *words)
{
	for (size_t i = 0; i < count; i++)
		if (strstr(words, known[i].part) != NULL)
			return known[i].remedy;
	return NULL;
}

const char *syntax_remedy(const char *cause)
{
	static const struct known known[] = {
		{"must be initialized", "give it a value, or declare it with `let`"},
		{"bound multiple times", "give each parameter a name of its own"},
		{"multiple exports with the same name", "keep one of the two"},
		{"without parentheses", "put one of the two operations into parentheses"},
		{"legacy octal literal", "write `0o` before the digits, or leave the zero out"},
		{"legacy octal escape", "write the character as `\\x` with two hexadecimal digits"},
		{"delete of a bare identifier", "delete a property, or assign `undefined`"},
		{"cannot use `break` here",
		 "`break` ends a loop or a `switch`; `return` ends a function"},
		{"cannot use `continue` here",
		 "`continue` belongs into a loop; `return` ends a function"},
		{"outside a generator function", "write `function*`"},
		{"no containing label",
		 "name a label that stands before a loop around it, or none"},
		{"must have zero arguments", "a getter has no parameter: take it away"},
		{"must have exactly one argument", "a setter has one parameter"},
		{"more than one constructor", "keep one constructor"},
		{"must be declared in an enclosing class", "declare it in the class"},
		{"invalid assignment target",
		 "a value can be given to a variable or a property, without `?.`"},
		{"is an import", "an import cannot be changed: use a variable of this file"},
		{"cannot assign to import",
		 "an import cannot be changed: use a variable of this file"},
		{"closing fragment tag", "close the elements in the order in which they are open"},
		{"does not match opening",
		 "close the element with the name that it was opened with, capitals included"},
		{"unterminated string literal",
		 "end it on its line; a text of several lines stands in backticks"},
		{"unterminated template literal", "end it with a backtick"},
		{"unterminated regular expression", "end it with `/` on its line"},
		{"is not valid inside a JSX element",
		 "close the element that is open here, or write the character as a string in "
		 "braces"},
		{"terminate multi-line comment", "end it with `*/`"},
		{"\xe2\x80\x9c", "write straight quotes: these are a word processor's"},
		{"\xe2\x80\x9d", "write straight quotes: these are a word processor's"},
		{"\xe2\x80\x98", "write straight quotes: these are a word processor's"},
		{"\xe2\x80\x99", "write straight quotes: these are a word processor's"},
		{"unexpected `<<`", "if a merge left its marks here, keep one of the two sides"},
		{"unexpected `export`", "exports stand at the top level of a file"},
		{"reserved word", "choose another name"},
		{"cannot use `await` as an identifier", "choose another name"},
		{"declarations with the name", "choose another name"},
	};
	const char *remedy = find(known, ARRAY_LEN(known), cause);

	if (remedy != NULL)
		return remedy;
	if (is_invisible(cause))
		return "an invisible character stands here, as it is copied with a text: delete it";
	if (str_starts(cause, "expected identifier but found") && ends_with_word(cause, reserved))
		return "choose another name: this one is a word of the language";
	return "fix the syntax first; other checks of this file wait for it";
}

const char *remark_remedy(const char *words)
{
	static const struct known known[] = {
		{"automatically-inserted semicolon",
		 "begin what is returned on the line of `return`, or with a bracket there"},
		{"duplicate key", "remove one of the two: the last one counts"},
		{"duplicate member", "remove one of the two: the last one counts"},
		{"duplicates an earlier case", "remove one of the two: the first one counts"},
		{"comparison with NaN", "write `Number.isNaN(...)`"},
		{"comparison with -0", "write `Object.is(..., -0)`"},
		{"operator here is always",
		 "compare what is in them: two objects are never the same"},
		{"`typeof` operator will never",
		 "`typeof` gives \"string\", \"number\", \"boolean\", "
		 "\"object\", \"function\", \"undefined\", "
		 "\"symbol\" or \"bigint\""},
		{"inside the `in` operator", "write `!(key in object)`"},
		{"inside the `instanceof` operator", "write `!(object instanceof Class)`"},
		{"always return the left operand",
		 "take the operator and what is right of it away"},
		{"direct eval",
		 "write the code itself; what `eval` runs cannot be bundled or checked"},
		{"import namespace object",
		 "import the function by its name, or as the default export"},
		{"writing to read-only method", "write to a field: a method cannot be changed"},
	};

	return find(known, ARRAY_LEN(known), words);
}
