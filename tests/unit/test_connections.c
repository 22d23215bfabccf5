/* local/run/connections: one for the workspace and one for each user at once; their values reach
 * app code and nobody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "local/run/connections.h"
#include "pieces_box.h"

#define MEMBER "4a0d2f3c-0000-4000-8000-0000000000aa"

static struct connection *make(struct box *box, const char *owner_type, const char *owner_id,
			       const char *value, double lasts)
{
	struct connection facts = {.owner_type = owner_type,
				   .owner_id = owner_id,
				   .created_by = MEMBER,
				   .type = "secret",
				   .value = value};
	struct connection *fresh = NULL;

	if (connection_new(&box->pieces, box->arena, &facts, lasts, &fresh, &box->error) != 0)
		return NULL;
	return fresh;
}

static struct connection *of(struct box *box, const char *owner_type, const char *owner_id,
			     const char *key)
{
	struct connection *found;

	assert_int_equal(connection_of(&box->pieces, box->arena, owner_type, owner_id, key, &found,
				       &box->error),
			 0);
	return found;
}

static void test_workspace_and_user_at_once(void **state)
{
	struct box *box = *state;
	struct connection *workspace = make(box, "workspace", BOX_WORKSPACE, "w-secret", 0);
	struct connection *user = make(box, "user", MEMBER, "u-secret", 0);
	struct connection *again;

	/* Nobody sees one before it is kept. */
	assert_null(of(box, "workspace", BOX_WORKSPACE, NULL));
	assert_int_equal(connection_store(&box->pieces, workspace, &box->error), 0);
	assert_int_equal(connection_store(&box->pieces, user, &box->error), 0);
	assert_string_equal(of(box, "workspace", BOX_WORKSPACE, NULL)->value, "w-secret");
	assert_string_equal(of(box, "user", MEMBER, "my-app")->value, "u-secret");
	assert_null(of(box, "user", MEMBER, "other"));
	assert_null(of(box, "user", BOX_WORKSPACE, NULL));
	again = make(box, "workspace", BOX_WORKSPACE, "new", 0);
	assert_int_equal(connection_store(&box->pieces, again, &box->error), 0);
	assert_string_equal(of(box, "workspace", BOX_WORKSPACE, NULL)->id, again->id);
	assert_int_equal(connection_delete(&box->pieces, again->id, &box->error), 0);
	assert_null(of(box, "workspace", BOX_WORKSPACE, NULL));
	assert_non_null(of(box, "user", MEMBER, NULL));
}

static void test_expiry(void **state)
{
	struct box *box = *state;
	struct connection *lasting = make(box, "workspace", BOX_WORKSPACE, "v", 3600);
	struct connection *found;

	assert_int_equal(connection_store(&box->pieces, lasting, &box->error), 0);
	assert_false(of(box, "workspace", BOX_WORKSPACE, NULL)->expired);
	box->clock.offset_ms += 3600001;
	assert_true(of(box, "workspace", BOX_WORKSPACE, NULL)->expired);
	box->clock.offset_ms = 0;
	assert_int_equal(connection_expire(&box->pieces, lasting->id, &box->error), 0);
	assert_int_equal(
		connection_by_id(&box->pieces, box->arena, lasting->id, &found, &box->error), 0);
	assert_true(found->expired);
	assert_int_equal(connection_expire(&box->pieces, "none", &box->error), -1);
	assert_int_equal(box->error.kind, ERROR_NOT_FOUND);
}

static void test_only_app_code_gets_the_value(void **state)
{
	struct box *box = *state;
	struct connection *connection = make(box, "user", MEMBER, "s3cret", 0);
	cJSON *inside = connection_for_app(connection);
	cJSON *outside = connection_for_people(connection);
	struct buf text = {0};

	json_print(&text, outside, false);
	assert_null(strstr(buf_cstr(&text), "s3cret"));
	assert_non_null(
		strstr(buf_cstr(&text), "\"owned_by\":{\"type\":\"user\",\"id\":\"" MEMBER "\"}"));
	buf_clear(&text);
	json_print(&text, inside, false);
	assert_string_equal(
		buf_cstr(&text),
		arena_printf(box->arena,
			     "{\"id\":\"%s\",\"value\":\"s3cret\",\"connection_key\":\"my-app\","
			     "\"createdBy\":{\"type\":\"user\",\"id\":\"" MEMBER "\"},"
			     "\"ownedBy\":{\"type\":\"user\",\"id\":\"" MEMBER
			     "\"},\"expired\":false}",
			     connection->id));
	cJSON_Delete(inside);
	cJSON_Delete(outside);
	buf_dispose(&text);
}

static void test_what_is_no_connection_is_refused(void **state)
{
	struct box *box = *state;

	assert_null(make(box, "team", BOX_WORKSPACE, "v", 0));
	assert_null(make(box, "workspace", BOX_WORKSPACE, "", 0));
	assert_null(make(box, "workspace", BOX_WORKSPACE, NULL, 0));
	assert_null(make(box, "workspace", BOX_WORKSPACE, "v", -1));
	assert_int_equal(box->error.kind, ERROR_USAGE);
}

static void test_all_are_listed_in_order(void **state)
{
	struct box *box = *state;
	struct connection **items;
	size_t count;

	connection_store(&box->pieces, make(box, "user", MEMBER, "u", 0), &box->error);
	connection_store(&box->pieces, make(box, "workspace", BOX_WORKSPACE, "w", 0), &box->error);
	assert_int_equal(connection_list(&box->pieces, box->arena, &items, &count, &box->error), 0);
	assert_int_equal(count, 2);
	assert_string_equal(items[0]->value, "u");
	assert_string_equal(items[1]->value, "w");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_workspace_and_user_at_once, box_open,
						box_close),
		cmocka_unit_test_setup_teardown(test_expiry, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_only_app_code_gets_the_value, box_open,
						box_close),
		cmocka_unit_test_setup_teardown(test_what_is_no_connection_is_refused, box_open,
						box_close),
		cmocka_unit_test_setup_teardown(test_all_are_listed_in_order, box_open, box_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
