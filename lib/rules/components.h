/* The SDK's components in JSX. Only lib/rules includes this. */
#ifndef ATTIO_RULES_COMPONENTS_H
#define ATTIO_RULES_COMPONENTS_H

#include "app/app.h"
#include "rules/rules.h"

/* forms.c, components.c */
extern const struct rule rule_form_submit_button, rule_widget_text_children,
	rule_settings_page_components;

/* async_components.c: adds the finding of rule_async_component about a function that is `async` and
 * a component; `otherwise`: what to call it, if it has no name. */
struct visiting;
void tell_async_component(const struct visiting *v, const struct module *module,
			  struct node function, const char *otherwise);

bool is_element(struct node node);
/* The name of an element, closed or not; null for a fragment. */
struct node element_name(struct node element);

#endif
