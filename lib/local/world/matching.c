/* See matching.h. */
#include "local/world/matching.h"

#include "base/str.h"
#include "local/refusal.h"
#include "local/world/schema.h"
#include "local/world/value.h"

int matching_attribute(const struct owner *owner, const char *name,
		       const struct attribute **attribute, struct refusal *refusal)
{
	*attribute = owner_attribute(owner, name);
	if (*attribute == NULL || (*attribute)->archived)
		return refusal_bad(refusal, "value_not_found",
				   "No attribute was found for matching_attribute slug/ID \"%s\".",
				   name);
	return (*attribute)->unique
		       ? 0
		       : refusal_bad(refusal, "validation_type",
				     "The matching attribute specified is not a unique attribute");
}

/* The record that has one of the matching attribute's values; *count: none, one, more (2). */
static int find_match(struct writing *writing, const struct owner *owner,
		      const struct planned *planned, struct item *found, int *count)
{
	*count = 0;
	for (size_t i = 0; i < planned->count; i++) {
		struct item item;
		int more;
		bool is_there;

		if (str_is(planned->attribute->slug, "record_id")) {
			if (item_find(writing->world, owner, planned->values[i].key, &item,
				      &is_there, writing->refusal) != 0)
				return -1;
			more = is_there ? 1 : 0;
		} else if (item_by_key(writing->world, planned->attribute, planned->values[i].key,
				       &item, &more, writing->refusal) != 0) {
			return -1;
		}
		if (more == 0 || (*count == 1 && more == 1 && item.row == found->row))
			continue;
		*count += more;
		*found = item;
	}
	return 0;
}

/* The matching attribute gets values added, all others are replaced. */
static struct planned *prepare(struct plan *plan, const struct attribute *matching)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->items[i].attribute == matching && plan->items[i].count > 0) {
			plan->items[i].mode = WRITE_FRONT;
			return &plan->items[i];
		}
	return NULL;
}

int matching_write(struct writing *writing, const struct owner *owner,
		   const struct attribute *matching, const cJSON *values, struct item *item,
		   bool *created)
{
	bool by_id = str_is(matching->slug, "record_id");
	struct plan plan;
	struct planned *planned;
	int count;

	*item = (struct item){.owner = owner};
	writing->system = by_id;
	if (write_plan(writing, owner, values, WRITE_EXACTLY, &plan) != 0)
		return -1;
	planned = prepare(&plan, matching);
	if (planned == NULL)
		return refusal_bad(writing->refusal, "missing_value",
				   "Required value for attribute with ID \"%s\" was not provided.",
				   matching->id);
	if (find_match(writing, owner, planned, item, &count) != 0)
		return -1;
	if (count > 1)
		return refusal_bad(writing->refusal, "multiple_match_results",
				   "Multiple records were found for the given matching attribute.");
	if (by_id)
		*planned = plan.items[--plan.count]; /* it cannot be changed */
	*created = count == 0;
	return *created ? write_create(writing, &plan, item) : write_update(writing, &plan, item);
}
