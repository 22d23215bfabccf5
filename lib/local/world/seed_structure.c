/* The standard objects with the service's own attributes in its order, a custom object that has the
 * types that are left, two lists, and who works here. */
#include "base/mem.h"
#include "local/world/seed.h"

#define NOW "\"PT0S\""
#define ACTOR "\"current-user\""
#define STRENGTHS "Very weak|Weak|Good|Strong|Very strong"

#define MADE                                                                                       \
	{"created_at", "Created at", "timestamp", "srd", NOW, NULL},                               \
	{                                                                                          \
		"created_by", "Created by", "actor-reference", "srd", ACTOR, NULL                  \
	}
#define OWN_ID                                                                                     \
	{                                                                                          \
		"record_id", "Record ID", "text", "sru", NULL, NULL                                \
	}
#define INTERACTIONS                                                                               \
	{                                                                                          \
		"first_calendar_interaction",                                                      \
		"First calendar interaction",                                                      \
		"interaction",                                                                     \
		"sr",                                                                              \
		NULL,                                                                              \
		"The first meeting that was held"},                                                \
		{"last_calendar_interaction",                                                      \
		 "Last calendar interaction",                                                      \
		 "interaction",                                                                    \
		 "sr",                                                                             \
		 NULL,                                                                             \
		 "The last meeting that was held"},                                                \
		{"next_calendar_interaction",                                                      \
		 "Next calendar interaction",                                                      \
		 "interaction",                                                                    \
		 "sr",                                                                             \
		 NULL,                                                                             \
		 "The next meeting"},                                                              \
		{"first_email_interaction", "First email interaction", "interaction", "sr", NULL,  \
		 "The first e-mail"},                                                              \
		{"last_email_interaction", "Last email interaction", "interaction", "sr", NULL,    \
		 "The last e-mail"},                                                               \
		{"first_interaction",                                                              \
		 "First interaction",                                                              \
		 "interaction",                                                                    \
		 "sr",                                                                             \
		 NULL,                                                                             \
		 "The first contact of any kind"},                                                 \
		{"last_interaction",                                                               \
		 "Last interaction",                                                               \
		 "interaction",                                                                    \
		 "sr",                                                                             \
		 NULL,                                                                             \
		 "The last contact of any kind"},                                                  \
	{                                                                                          \
		"next_interaction", "Next interaction", "interaction", "sr", NULL,                 \
			"The next contact of any kind"                                             \
	}
#define STRONGEST                                                                                  \
	{"strongest_connection_strength_legacy",                                                   \
	 "Strongest connection strength (legacy)",                                                 \
	 "number",                                                                                 \
	 "sr",                                                                                     \
	 NULL,                                                                                     \
	 NULL},                                                                                    \
		{"strongest_connection_strength",                                                  \
		 "Connection strength",                                                            \
		 "select",                                                                         \
		 "sr",                                                                             \
		 STRENGTHS,                                                                        \
		 NULL},                                                                            \
	{                                                                                          \
		"strongest_connection_user", "Strongest connection", "actor-reference", "sr",      \
			NULL, NULL                                                                 \
	}
#define SOCIAL                                                                                     \
	{"angellist", "AngelList", "text", "s", NULL, NULL},                                       \
		{"facebook", "Facebook", "text", "s", NULL, NULL},                                 \
		{"instagram", "Instagram", "text", "s", NULL, NULL},                               \
		{"linkedin", "LinkedIn", "text", "s", NULL, NULL},                                 \
		{"twitter", "Twitter", "text", "s", NULL, NULL},                                   \
	{                                                                                          \
		"twitter_follower_count", "Twitter follower count", "number", "sr", NULL, NULL     \
	}

static const struct seed_attribute people[] = {
	OWN_ID,
	{"name", "Name", "personal-name", "s", NULL, NULL},
	{"email_addresses", "Email addresses", "email-address", "sum", NULL, NULL},
	{"description", "Description", "text", "s", NULL, NULL},
	{"company", "Company", "record-reference", "s", "companies.team", NULL},
	{"job_title", "Job title", "text", "s", NULL, NULL},
	{"avatar_url", "Avatar URL", "text", "sr", NULL, NULL},
	{"phone_numbers", "Phone numbers", "phone-number", "sm", NULL, NULL},
	{"primary_location", "Primary location", "location", "s", NULL, NULL},
	SOCIAL,
	INTERACTIONS,
	STRONGEST,
	{"associated_deals", "Associated deals", "record-reference", "sm",
	 "deals.associated_people", "Deals that this person has to do with"},
	{"associated_users", "Associated users", "record-reference", "sma", "users.person", NULL},
	MADE,
	{"alc_lead_id", "ALC lead ID", "text", "", NULL,
	 "The id of this person's lead at Acme Lead Checker"},
	{"alc_status", "ALC status", "text", "", NULL, "What Acme Lead Checker found"},
};

static const struct seed_attribute companies[] = {
	OWN_ID,
	{"domains", "Domains", "domain", "sum", NULL, NULL},
	{"name", "Name", "text", "s", NULL, NULL},
	{"description", "Description", "text", "s", NULL, NULL},
	{"team", "Team", "record-reference", "sm", "people.company", NULL},
	{"categories", "Categories", "select", "sm",
	 "B2B|B2C|SAAS|Information Technology & Services|Finance|Health Care|Manufacturing|"
	 "Education|E-commerce|Energy",
	 NULL},
	{"primary_location", "Primary location", "location", "s", NULL, NULL},
	{"logo_url", "Logo URL", "text", "sr", NULL, NULL},
	SOCIAL,
	{"estimated_arr_usd", "Estimated ARR", "select", "s",
	 "$0-$1M|$1M-$10M|$10M-$50M|$50M-$100M|$100M-$250M|$250M-$500M|$500M-$1B|$1B-$10B|$10B+",
	 "Estimated yearly revenue"},
	{"funding_raised_usd", "Funding raised", "currency", "s", "USD symbol",
	 "All funding that was raised"},
	{"foundation_date", "Foundation date", "date", "s", NULL, NULL},
	{"employee_range", "Employee range", "select", "s",
	 "1-10|11-50|51-250|251-1K|1K-5K|5K-10K|10K-50K|50K-100K|100K+", NULL},
	INTERACTIONS,
	STRONGEST,
	{"associated_deals", "Associated deals", "record-reference", "sm",
	 "deals.associated_company", "Deals that this company has to do with"},
	{"associated_workspaces", "Associated workspaces", "record-reference", "sma",
	 "workspaces.company", NULL},
	MADE,
};

static const struct seed_attribute deals[] = {
	OWN_ID,
	{"name", "Deal name", "text", "sq", NULL, NULL},
	{"stage", "Deal stage", "status", "sq", "Lead|In Progress|*Won \360\237\216\211|Lost",
	 NULL},
	{"owner", "Deal owner", "actor-reference", "sq", NULL, NULL},
	{"value", "Deal value", "currency", "s", "USD symbol", NULL},
	{"associated_people", "Associated people", "record-reference", "sm",
	 "people.associated_deals", NULL},
	{"associated_company", "Associated company", "record-reference", "s",
	 "companies.associated_deals", NULL},
	MADE,
};

static const struct seed_attribute users[] = {
	OWN_ID,
	{"user_id", "User ID", "text", "squ", NULL, NULL},
	{"person", "Person", "record-reference", "s", "people.associated_users", NULL},
	{"primary_email_address", "Primary email address", "email-address", "squ", NULL, NULL},
	{"workspace", "Workspaces", "record-reference", "sm", "workspaces.users", NULL},
	MADE,
};

static const struct seed_attribute workspaces[] = {
	OWN_ID,
	{"workspace_id", "Workspace ID", "text", "squ", NULL, NULL},
	{"name", "Name", "text", "s", NULL, NULL},
	{"users", "Users", "record-reference", "sm", "users.workspace", NULL},
	{"company", "Company", "record-reference", "s", "companies.associated_workspaces", NULL},
	{"avatar_url", "Avatar URL", "text", "s", NULL, NULL},
	MADE,
};

static const struct seed_attribute projects[] = {
	OWN_ID,
	{"name", "Name", "text", "", NULL, NULL},
	{"code", "Code", "text", "u", NULL, "A short name that no other project has"},
	{"client", "Client", "record-reference", "", "companies", NULL},
	{"contacts", "Contacts", "record-reference", "m", "people", NULL},
	{"lead", "Lead", "actor-reference", "", NULL, NULL},
	{"health", "Health", "status", "", "On track|At risk|Off track|*Done", NULL},
	{"tags", "Tags", "select", "m", "Design|Engineering|Research|Legal", NULL},
	{"budget", "Budget", "currency", "", "EUR code", NULL},
	{"progress", "Progress", "number", "", NULL, "Per cent"},
	{"priority", "Priority", "rating", "", NULL, NULL},
	{"billable", "Billable", "checkbox", "", NULL, NULL},
	{"kickoff", "Kickoff", "date", "", NULL, NULL},
	{"due_at", "Due at", "timestamp", "", NULL, NULL},
	{"site", "Site", "location", "", NULL, NULL},
	MADE,
};

static const struct seed_attribute pipeline[] = {
	{"stage", "Stage", "status", "", "Prospecting|Qualified|Proposal|*Signed|Dropped", NULL},
	{"owner", "Owner", "actor-reference", "", NULL, NULL},
	{"amount", "Amount", "currency", "", "USD symbol", NULL},
	{"next_step", "Next step", "text", "", NULL, NULL},
	{"confidence", "Confidence", "rating", "", NULL, NULL},
	MADE,
};

static const struct seed_attribute newsletter[] = {
	{"subscribed", "Subscribed", "checkbox", "", NULL, NULL},
	{"topics", "Topics", "select", "m", "Product|Engineering|Events", NULL},
	{"last_sent", "Last sent", "timestamp", "", NULL, NULL},
	MADE,
};

#define ATTRIBUTES(list) list, ARRAY_LEN(list)

static const struct seed_owner owners[] = {
	{"people", "Person", "People", "s", NULL, ATTRIBUTES(people)},
	{"companies", "Company", "Companies", "s", NULL, ATTRIBUTES(companies)},
	{"deals", "Deal", "Deals", "s", NULL, ATTRIBUTES(deals)},
	{"users", "User", "Users", "so", NULL, ATTRIBUTES(users)},
	{"workspaces", "Workspace", "Workspaces", "so", NULL, ATTRIBUTES(workspaces)},
	{"projects", "Project", "Projects", "", NULL, ATTRIBUTES(projects)},
	{"sales_pipeline", NULL, "Sales pipeline", "companies", "full-access",
	 ATTRIBUTES(pipeline)},
	{"newsletter", NULL, "Newsletter", "people", NULL, ATTRIBUTES(newsletter)},
};

static const struct seed_member members[] = {
	{"Grace", "Hopper", "grace.hopper@local.example", "admin"},
	{"Alan", "Turing", "alan.turing@local.example", "member"},
};

const struct seed_owner *seed_owners(size_t *count)
{
	*count = ARRAY_LEN(owners);
	return owners;
}

const struct seed_member *seed_members(size_t *count)
{
	*count = ARRAY_LEN(members);
	return members;
}
