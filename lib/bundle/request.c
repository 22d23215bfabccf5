/* What every build that esbuild is asked for has in common: its key, its request, its plugin. */
#include "base/arena.h"
#include "bundle/job.h"
#include "bundle/service.h"

uint32_t request_new_key(struct bundler *bundler, struct job *job)
{
	struct job **slot =
		arena_push(bundler->kept, &bundler->jobs, &bundler->job_count, sizeof(*slot));

	*slot = job;
	return (uint32_t)(bundler->job_count - 1);
}

struct wire_value request_of_build(const struct bundler *bundler, uint32_t key,
				   struct wire_value entries, struct wire_value flags,
				   struct wire_value plugins)
{
	struct arena *arena = bundler->arena;
	struct wire_value request = wire_map();

	wire_put(arena, &request, "command", wire_string("build"));
	wire_put(arena, &request, "key", wire_int(key));
	wire_put(arena, &request, "entries", entries);
	wire_put(arena, &request, "flags", flags);
	wire_put(arena, &request, "write", wire_bool(false));
	wire_put(arena, &request, "absWorkingDir", wire_string(bundler->app->root));
	wire_put(arena, &request, "nodePaths", wire_array());
	wire_put(arena, &request, "plugins", plugins);
	return request;
}

void request_add_hook(struct arena *arena, struct wire_value *hooks, uint32_t id,
		      const char *filter, const char *name_space)
{
	struct wire_value item = wire_map();

	wire_put(arena, &item, "id", wire_int(id));
	wire_put(arena, &item, "filter", wire_string(filter));
	wire_put(arena, &item, "namespace", wire_string(name_space));
	wire_push(arena, hooks, item);
}

struct wire_value request_plugin(struct arena *arena, bool keeping, struct wire_value resolve,
				 struct wire_value load)
{
	struct wire_value plugins = wire_array(), plugin = wire_map();

	wire_put(arena, &plugin, "name", wire_string("attio"));
	wire_put(arena, &plugin, "onStart", wire_bool(false));
	wire_put(arena, &plugin, "onEnd", wire_bool(keeping));
	wire_put(arena, &plugin, "onResolve", resolve);
	wire_put(arena, &plugin, "onLoad", load);
	wire_push(arena, &plugins, plugin);
	return plugins;
}

void request_answer_nothing(struct bundler *bundler, uint32_t id)
{
	struct wire_value answer = wire_map();

	/* Right for every kind of request: on-start wants the lists, the others allow them. */
	wire_put(bundler->arena, &answer, "errors", wire_array());
	wire_put(bundler->arena, &answer, "warnings", wire_array());
	service_answer(bundler->service, id, &answer);
}
