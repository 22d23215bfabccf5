/* See json_loss.h. The names are those of the language and of the server's runtime. */
#include "rules/json_loss.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/types.h"

static const struct {
	const char *name;
	const char *holds;
} globals[] = {
	{"Function", "a function"},
	{"CallableFunction", "a function"},
	{"Map", "a `Map`"},
	{"ReadonlyMap", "a `Map`"},
	{"Set", "a `Set`"},
	{"ReadonlySet", "a `Set`"},
	{"WeakMap", "a `WeakMap`"},
	{"WeakSet", "a `WeakSet`"},
	{"symbol", "a symbol"},
	{"Symbol", "a symbol"},
	{"bigint", "a bigint"},
	{"BigInt", "a bigint"},
	{"Request", "a `Request`"},
	{"Response", "a `Response`"},
	{"ReadableStream", "a stream"},
	{"WritableStream", "a stream"},
	{"TransformStream", "a stream"},
	{"Promise", "a promise"},
	{"PromiseLike", "a promise"},
	{"AsyncGenerator", "a generator"},
	{"AsyncIterable", "a generator"},
	{"AsyncIterableIterator", "a generator"},
	{"Generator", "a generator"},
	{"Headers", "a `Headers`"},
	{"FormData", "a `FormData`"},
	{"Blob", "a `Blob`"},
	{"File", "a `File`"},
	{"ArrayBuffer", "an `ArrayBuffer`"},
	{"SharedArrayBuffer", "a `SharedArrayBuffer`"},
	{"DataView", "a `DataView`"},
	{"Int8Array", "an `Int8Array`"},
	{"Uint8Array", "a `Uint8Array`"},
	{"Uint8ClampedArray", "a `Uint8ClampedArray`"},
	{"Int16Array", "an `Int16Array`"},
	{"Uint16Array", "a `Uint16Array`"},
	{"Int32Array", "an `Int32Array`"},
	{"Uint32Array", "a `Uint32Array`"},
	{"Float16Array", "a `Float16Array`"},
	{"Float32Array", "a `Float32Array`"},
	{"Float64Array", "a `Float64Array`"},
	{"BigInt64Array", "a `BigInt64Array`"},
	{"BigUint64Array", "a `BigUint64Array`"},
	{"ArrayBufferLike", "an `ArrayBuffer`"},
	{"ArrayBufferView", "a typed array"},
	{"BufferSource", "a typed array"},
	{"Buffer", "a `Buffer`"},
	{"URLSearchParams", "a `URLSearchParams`"},
	{"CryptoKey", "a `CryptoKey`"},
	{"WeakRef", "a `WeakRef`"},
	{"AbortController", "an `AbortController`"},
	{"AbortSignal", "an `AbortSignal`"},
	{"Error", "an `Error`"},
	{"AggregateError", "an `Error`"},
	{"EvalError", "an `Error`"},
	{"RangeError", "an `Error`"},
	{"ReferenceError", "an `Error`"},
	{"SyntaxError", "an `Error`"},
	{"TypeError", "an `Error`"},
	{"URIError", "an `Error`"},
	{"DOMException", "an `Error`"},
	{"Iterator", "an iterator"},
	{"IterableIterator", "an iterator"},
	{"MapIterator", "an iterator"},
	{"SetIterator", "an iterator"},
	{"ArrayIterator", "an iterator"},
	{"RegExp", "a regular expression"},
};

const char *json_loss(const char *name)
{
	for (size_t i = 0; name != NULL && i < ARRAY_LEN(globals); i++)
		if (strcmp(globals[i].name, name) == 0)
			return globals[i].holds;
	return NULL;
}

/* --- calls --------------------------------------------------------------------------------------
 */

static bool is_body_of(const char *name)
{
	return str_equal(name, "Response") || str_equal(name, "Request") || str_equal(name, "Blob");
}

/* Whether an expression visibly is a request, an answer or a blob. */
static bool has_body(const struct app *app, const struct module *module, struct node node)
{
	struct value value = value_of(app, module, node);
	struct type type = expression_type(app, module, node);
	struct node callee;

	if (!node_is_null(type.node) && is_body_of(type.name))
		return true;
	if (value.kind == VALUE_NEW) {
		callee = node_field(value.node, FIELD_CONSTRUCTOR);
		return is_body_of(node_text(&value.module->syntax, app->arena, callee)) &&
		       is_global(app, value.module, callee);
	}
	callee = node_unwrap(node_field(value.node, FIELD_FUNCTION));
	return value.kind == VALUE_CALL && value.awaited && node_is(callee, NODE_IDENTIFIER) &&
	       node_text_is(&value.module->syntax, callee, "fetch") &&
	       is_global(app, value.module, callee);
}

static bool is_encoder(const struct app *app, const struct module *module, struct node node)
{
	struct value value = value_of(app, module, node);
	struct node class = node_field(value.node, FIELD_CONSTRUCTOR);

	return value.kind == VALUE_NEW && node_is(class, NODE_IDENTIFIER) &&
	       node_text_is(&value.module->syntax, class, "TextEncoder") &&
	       is_global(app, value.module, class);
}

/* `crypto.subtle.digest(...)` and its like. */
static const char *loss_of_crypto(const struct syntax *syntax, struct node object, const char *name)
{
	static const char *const bytes[] = {"digest",  "sign",       "encrypt",
					    "decrypt", "deriveBits", "exportKey"};

	if (node_text_is(syntax, object, "crypto") && str_equal(name, "getRandomValues"))
		return "a typed array";
	if (!node_text_is(syntax, object, "crypto.subtle"))
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(bytes); i++)
		if (str_equal(name, bytes[i]))
			return json_loss("ArrayBuffer");
	return NULL;
}

const char *json_loss_of_call(const struct app *app, const struct value *call)
{
	static const struct {
		const char *method, *gives;
	} bodies[] = {
		{"arrayBuffer", "ArrayBuffer"},
		{"bytes", "Uint8Array"},
		{"blob", "Blob"},
		{"formData", "FormData"},
	};
	const struct syntax *syntax = &call->module->syntax;
	struct node callee = node_unwrap(node_field(call->node, FIELD_FUNCTION));
	struct node object = node_unwrap(node_field(callee, FIELD_OBJECT)), root = object;
	const char *name;

	if (!node_is(callee, NODE_MEMBER_EXPRESSION))
		return NULL;
	name = node_text(syntax, app->arena, node_field(callee, FIELD_PROPERTY));
	if (node_is(root, NODE_MEMBER_EXPRESSION))
		root = node_unwrap(node_field(root, FIELD_OBJECT));
	if (node_is(root, NODE_IDENTIFIER) && is_global(app, call->module, root)) {
		if (node_is(object, NODE_IDENTIFIER) &&
		    (str_equal(name, "from") || str_equal(name, "of")))
			return json_loss(node_text(syntax, app->arena, object));
		return loss_of_crypto(syntax, object, name);
	}
	if (str_equal(name, "encode") && is_encoder(app, call->module, object))
		return json_loss("Uint8Array");
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
		if (str_equal(name, bodies[i].method) && has_body(app, call->module, object))
			return json_loss(bodies[i].gives);
	return NULL;
}
