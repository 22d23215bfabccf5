/* Each step looks at one token and what stands around it. */
#include "source/guess.h"

#include <string.h>

#include "base/mem.h"
#include "source/guessing.h"

/* Whether the token at `i` ends something that can be called. */
static bool is_callee(const struct guess *g, uint32_t i)
{
	uint8_t kind = kind_at(g, i);

	return kind == LEX_WORD || kind == ')' || kind == ']' || kind == LEX_OPTIONAL;
}

static bool begins_template(const struct guess *g, uint32_t i)
{
	return kind_at(g, i) == LEX_TEMPLATE && g->tokens.bytes[token_at(g, i)->start] == '`';
}

/* --- imports and exports -----------------------------------------------------------------------
 */

/* `{type, type as as, x as if}`: all names become plain ones, but for a `type` that says that what
 * follows is one. */
static void read_clause(struct guess *g, uint32_t open)
{
	uint32_t end = token_at(g, open)->mate, first = open + 1;

	for (uint32_t i = open + 1; i <= end; i++) {
		uint32_t count = i - first;

		if (i < end && kind_at(g, i) != ',')
			continue;
		if (count == 2 || count == 4)
			rename_word(g, first + 1);
		else if (count > 0)
			rename_word(g, first);
		if (count >= 3)
			rename_word(g, i - 1);
		first = i + 1;
	}
}

static bool opens_clause(const struct guess *g, uint32_t i)
{
	static const char *const before[] = {"import", "export", "type", "defer", NULL};
	uint32_t last = i - 1;

	if (kind_at(g, last) == ',') /* import x, {y} from */
		last = last >= 2 ? last - 2 : 0;
	if (!word_in(g, last, before))
		return false;
	return !word_at(g, last, "type") || word_at(g, last - 1, "import") ||
	       word_at(g, last - 1, "export");
}

/* `from "x" with {...}` */
static void read_attributes(struct guess *g, uint32_t string)
{
	static const char *const before[] = {"from", "import", NULL};

	if (word_in(g, string - 1, before) &&
	    (word_at(g, string + 1, "with") || word_at(g, string + 1, "assert")) &&
	    kind_at(g, string + 2) == '{')
		blank(g, string + 1, token_at(g, string + 2)->mate);
}

static void read_import(struct guess *g, uint32_t i)
{
	uint32_t name = i + 1;

	if (kind_at(g, i - 1) == '.')
		return;
	if (kind_at(g, name) == '.' && kind_at(g, i + 3) == '(' &&
	    (word_at(g, i + 2, "defer") || word_at(g, i + 2, "source"))) {
		blank(g, i + 1, i + 2);
		return;
	}
	if (word_at(g, name, "defer") && kind_at(g, i + 2) == '*')
		blank(g, name, name);
	if ((word_at(g, name, "source") || word_at(g, name, "type")) &&
	    kind_at(g, i + 2) == LEX_WORD && kind_at(g, i + 3) != LEX_STRING &&
	    (word_at(g, i + 3, "from") || kind_at(g, i + 3) == '=')) {
		if (word_at(g, name, "source") || kind_at(g, i + 3) == '=')
			blank(g, name, name);
		name++;
		rename_word(g, name);
	} else if (word_at(g, name, "type") && kind_at(g, i + 2) == '=') {
		rename_word(g, name);
	}
	/* facts.c looks at the original text for the export. */
	if (kind_at(g, name + 1) == '=' && word_at(g, i - 1, "export"))
		blank(g, i - 1, i - 1);
}

/* `export default function(x: A): B;`, an overload or a declaration: the grammar wants a name. */
static void read_default(struct guess *g, uint32_t i)
{
	uint32_t at = i + 2;

	if (!word_at(g, i + 1, "default") || !word_at(g, at, "function") ||
	    kind_at(g, at + 1) != '(' || token_at(g, at + 1)->mate == at + 1)
		return;
	for (at = token_at(g, at + 1)->mate + 1; kind_at(g, at) != LEX_END; at++) {
		uint8_t kind = kind_at(g, at), before = kind_at(g, at - 1);

		if (kind == ';') {
			blank(g, i, at);
			return;
		}
		/* The body, unless a type stands there. */
		if (kind == '{' && before != ':' && before != '|' && before != '&' &&
		    before != ',' && before != '<' && before != '?' && before != LEX_ARROW)
			return;
		if (token_at(g, at)->mate > at)
			at = token_at(g, at)->mate;
	}
}

/* --- expressions -------------------------------------------------------------------------------
 */

/* A tagged template may hold any escapes. They are blotted out, as a text is read from the original
 * anyway. */
static void read_escapes(struct guess *g, uint32_t i)
{
	const struct token *token = token_at(g, i);

	for (uint32_t at = token->start; at + 1 < token->end; at++) {
		if (g->tokens.bytes[at] != '\\')
			continue;
		g->text[at++] = '_';
		if (g->text[at] != '\n' && g->text[at] != '\r')
			g->text[at] = '_';
	}
}

/* `f<T>?.()`, `tag<T>`x``, `@f<T> class` */
static void read_angle_end(struct guess *g, uint32_t i)
{
	uint32_t start;

	if (!begins_template(g, i + 1) &&
	    !(kind_at(g, i + 1) == LEX_OPTIONAL && kind_at(g, i + 2) == '('))
		return;
	start = angle_start(g, i);
	if (start != 0 && is_callee(g, start - 1))
		blank(g, start, i);
}

/* `f<<T>(x: T) => void>(y)` */
static void read_angle_start(struct guess *g, uint32_t i)
{
	uint32_t end, inner;
	uint8_t after;

	if (kind_at(g, i + 1) != '<' || token_at(g, i)->end != token_at(g, i + 1)->start ||
	    !is_callee(g, i - 1))
		return;
	inner = angle_end(g, i + 1);
	if (inner == 0 || kind_at(g, inner + 1) != '(')
		return;
	end = angle_end(g, i);
	after = kind_at(g, end + 1);
	if (end != 0 && (after == '(' || after == ')' || after == ';' || after == '{' ||
			 after == LEX_END || after == LEX_OPTIONAL || begins_template(g, end + 1)))
		blank(g, i, end);
}

static void read_decorator(struct guess *g, uint32_t i)
{
	uint32_t at = i + 1, end;

	while (kind_at(g, at) == LEX_WORD && kind_at(g, at + 1) == '.')
		at += 2;
	if (kind_at(g, at) != LEX_WORD || kind_at(g, at + 1) != '<')
		return;
	end = angle_end(g, at + 1);
	if (end != 0 && kind_at(g, end + 1) != '(')
		blank(g, at + 1, end);
}

/* `(x as T) = y` */
static void read_cast_target(struct guess *g, uint32_t close)
{
	uint32_t open = token_at(g, close)->mate;

	if (open >= close || kind_at(g, close + 1) != '=' || kind_at(g, open - 1) == LEX_WORD)
		return;
	for (uint32_t i = open + 2; i < close; i++) {
		if (word_at(g, i, "as") || word_at(g, i, "satisfies")) {
			blank(g, i, close - 1);
			return;
		}
		if (token_at(g, i)->mate > i)
			i = token_at(g, i)->mate;
	}
}

/* `x.y`, from one token up to another. */
static bool is_path(const struct guess *g, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++)
		if (kind_at(g, i) != ((i - first) % 2 == 0 ? LEX_WORD : '.'))
			return false;
	return true;
}

/* `for (<T>x of y)`, `for ([x as T] in y)`: what is no new name there becomes one that means
 * nothing. */
static void read_loop_target(struct guess *g, uint32_t i)
{
	static const char *const declares[] = {"const", "let", "var", "using", "await", NULL};
	uint32_t open = word_at(g, i + 1, "await") ? i + 2 : i + 1, end = token_at(g, open)->mate;
	uint32_t first = open + 1, at;

	if (kind_at(g, i - 1) == '.' || kind_at(g, open) != '(' || word_in(g, first, declares))
		return;
	for (at = first; at < end && !word_at(g, at, "of") && !word_at(g, at, "in"); at++) {
		if (kind_at(g, at) == ';')
			return;
		if (token_at(g, at)->mate > at)
			at = token_at(g, at)->mate;
	}
	if (at >= end || at == first || is_path(g, first, at))
		return;
	blank(g, first, at - 1);
	g->text[token_at(g, first)->start] = '_';
}

/* --- words -------------------------------------------------------------------------------------
 */

static bool begins_statement(const struct guess *g, uint32_t i)
{
	uint8_t before = kind_at(g, i - 1);

	return token_at(g, i)->fresh || before == ';' || before == '{' || before == '}' ||
	       before == '(' || before == ')' || before == ':' || word_at(g, i - 1, "await");
}

/* `using x = y` and `await using x = y` become `const x = y`. */
static void read_using(struct guess *g, uint32_t i)
{
	static const char *const joins[] = {"in", "instanceof", "as", "satisfies", "is", NULL};
	const struct token *next = token_at(g, i + 1);
	bool loop = kind_at(g, i - 1) == '(' ||
		    (word_at(g, i - 1, "await") && kind_at(g, i - 2) == '(');

	if (!begins_statement(g, i) || next->kind != LEX_WORD || next->fresh ||
	    word_in(g, i + 1, joins) ||
	    (loop && word_at(g, i + 1, "of") && kind_at(g, i + 2) != '=' &&
	     kind_at(g, i + 2) != ':')) {
		rename_word(g, i);
		return;
	}
	memcpy(g->text + token_at(g, i)->start, "const", strlen("const"));
	if (word_at(g, i - 1, "await"))
		blank(g, i - 1, i - 1);
	rename_word(g, i + 1);
}

/* Words that are often names, where nothing follows that they could say something about. */
static void read_plain_name(struct guess *g, uint32_t i)
{
	static const char *const words[] = {"abstract", "accessor", "declare", "await", "override",
					    "asserts",  "infer",    "unique",  NULL};
	static const char *const joins[] = {"as", "satisfies", "instanceof", "in", NULL};
	uint8_t next = kind_at(g, i + 1);

	if (!word_in(g, i, words))
		return;
	if (next == ';' || next == ')' || next == ']' || next == ',' || next == '}' ||
	    next == '=' || next == ':' || next == '.' || next == LEX_END ||
	    word_in(g, i + 1, joins))
		rename_word(g, i);
	else if ((next == '(' || next == '?') && !word_at(g, i, "await") &&
		 !word_at(g, i, "asserts"))
		rename_word(g, i);
}

/* `[string: T, new?: U]` */
static void read_label(struct guess *g, uint32_t i)
{
	uint8_t before = kind_at(g, i - 1);
	uint32_t colon = kind_at(g, i + 1) == '?' ? i + 2 : i + 1;

	if (kind_at(g, colon) == ':' && kind_at(g, token_at(g, i)->in) == '[' &&
	    (before == '[' || before == ',' || before == LEX_DOTS))
		rename_word(g, i);
}

/* `<const in out T>` */
static void read_variance(struct guess *g, uint32_t i)
{
	static const char *const words[] = {"in", "out", "const", NULL};
	uint8_t before = kind_at(g, i - 1);

	if (!word_in(g, i, words) || (g->dialect == DIALECT_TSX && word_at(g, i, "const")))
		return;
	if (before != '<' && before != ',' && !word_in(g, i - 1, words))
		return;
	if (kind_at(g, i + 1) == LEX_WORD && !word_at(g, i + 1, "extends") &&
	    !word_at(g, i + 1, "as"))
		blank(g, i, i);
}

/* Modifiers of a parameter: one is enough. */
static void read_parameter(struct guess *g, uint32_t i)
{
	static const char *const words[] = {"public",   "private",  "protected",
					    "readonly", "override", NULL};

	if (word_in(g, i, words) && word_in(g, i + 1, words) &&
	    kind_at(g, token_at(g, i)->in) == '(' && kind_at(g, i + 2) == LEX_WORD)
		blank(g, i, i);
}

static void read_other_word(struct guess *g, uint32_t i)
{
	const struct token *token = token_at(g, i);

	if (word_at(g, i, "abstract") && word_at(g, i + 1, "class") &&
	    (kind_at(g, i + 2) == '{' || word_at(g, i + 2, "extends") ||
	     word_at(g, i + 2, "implements")))
		blank(g, i, i);
	/* (x): asserts x is T => ... */
	if (word_at(g, i, "asserts") && kind_at(g, i - 1) == ':' && kind_at(g, i + 1) == LEX_WORD &&
	    !token_at(g, i + 1)->fresh && !word_at(g, i + 1, "is"))
		blank(g, i, i);
	/* declare module "x" { global {...} } */
	if (word_at(g, i, "global") && kind_at(g, i + 1) == '{' &&
	    (token->fresh || kind_at(g, i - 1) == '{' || kind_at(g, i - 1) == ';' ||
	     kind_at(g, i - 1) == '}'))
		blank(g, i, i);
	if (word_at(g, i, "readonly") && word_at(g, i - 1, "keyof"))
		blank(g, i, i);
	if (word_at(g, i, "class") || word_at(g, i, "interface"))
		if (kind_at(g, i - 1) != '.')
			guess_members(g, i);
}

/* `[infer T extends U]`, outside of a condition. */
static void read_infer(struct guess *g, uint32_t i)
{
	uint32_t at = i + 3;

	if (kind_at(g, i + 1) != LEX_WORD || !word_at(g, i + 2, "extends"))
		return;
	for (; is_of_type(kind_at(g, at)) && at < i + ANGLES; at++) {
		uint8_t kind = kind_at(g, at);

		if (kind == ',' || kind == ']' || kind == ')' || kind == '>') {
			blank(g, i + 2, at - 1);
			return;
		}
		if (kind == '?' || kind == '}')
			return;
		if (kind == '<')
			at = angle_end(g, at);
		else if (token_at(g, at)->mate > at)
			at = token_at(g, at)->mate;
		if (at == 0)
			return;
	}
}

static void read_word(struct guess *g, uint32_t i)
{
	read_plain_name(g, i);
	read_label(g, i);
	read_variance(g, i);
	read_parameter(g, i);
	if (word_at(g, i, "import"))
		read_import(g, i);
	else if (word_at(g, i, "using"))
		read_using(g, i);
	else if (word_at(g, i, "for"))
		read_loop_target(g, i);
	else if (word_at(g, i, "export"))
		read_default(g, i);
	else if (word_at(g, i, "infer"))
		read_infer(g, i);
	else
		read_other_word(g, i);
}

/* --- the text ----------------------------------------------------------------------------------
 */

void guess(char *text, size_t len, enum dialect dialect)
{
	struct guess g = {.text = text, .dialect = dialect};
	char *before = mem_strndup(text, len);

	tokens_read(&g.tokens, before, len);
	for (uint32_t i = 1; i < g.tokens.count; i++) {
		switch (kind_at(&g, i)) {
		case LEX_WORD:
			read_word(&g, i);
			break;
		case LEX_STRING:
			read_attributes(&g, i);
			break;
		case LEX_TEMPLATE:
			read_escapes(&g, i);
			break;
		case '{':
			if (opens_clause(&g, i))
				read_clause(&g, i);
			break;
		case '>':
			read_angle_end(&g, i);
			break;
		case '<':
			read_angle_start(&g, i);
			break;
		case '@':
			read_decorator(&g, i);
			break;
		case ')':
			read_cast_target(&g, i);
			break;
		case '?': /* ({x}?: T) => U */
			if ((kind_at(&g, i - 1) == '}' || kind_at(&g, i - 1) == ']') &&
			    kind_at(&g, i + 1) == ':')
				blank(&g, i, i);
			break;
		default:
			break;
		}
	}
	tokens_dispose(&g.tokens);
	mem_free(before);
}

static bool has_typed_tags(const char *text, size_t len)
{
	const char *at = text, *end = text + len;

	while ((at = memchr(at, '`', (size_t)(end - at))) != NULL) {
		const char *before = at++;

		while (before > text && strchr(" \t\r\n", before[-1]) != NULL)
			before--;
		if (before > text && before[-1] == '>' && !(before - text > 1 && before[-2] == '='))
			return true;
	}
	return false;
}

/* Prose has the word, too, but seldom with `x =` or `x:` behind it. */
static bool has_using(const char *text, size_t len)
{
	static const char word[] = "using";
	const char *at = text, *end = text + len;

	while ((at = memmem(at, (size_t)(end - at), word, strlen(word))) != NULL) {
		const char *name;

		at += strlen(word);
		name = at;
		while (name < end && (*name == ' ' || *name == '\t'))
			name++;
		if (name == at || name == end || !is_word_byte(*name))
			continue;
		while (name < end && is_word_byte(*name))
			name++;
		while (name < end && (*name == ' ' || *name == '\t'))
			name++;
		if (name < end && (*name == '=' || *name == ':' || *name == 'o'))
			return true;
	}
	return false;
}

bool has_misread(const char *text, size_t len)
{
	return has_typed_tags(text, len) || has_using(text, len);
}

void guess_misread(char *text, size_t len)
{
	struct guess g = {.text = text};
	char *before = mem_strndup(text, len);

	tokens_read(&g.tokens, before, len);
	for (uint32_t i = 1; i < g.tokens.count; i++) {
		if (kind_at(&g, i) == '>' && begins_template(&g, i + 1))
			read_angle_end(&g, i);
		else if (word_at(&g, i, "using"))
			read_using(&g, i);
	}
	tokens_dispose(&g.tokens);
	mem_free(before);
}
