-- about scalars, enums, nullable lists, lists of nullables
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query all {
  currentUser { id email name }
  currentWorkspace { id slug }
  object(slug: "people") { name attributes { title type } }
  objects { name slug }
  people { name attributes(types: [TEXT, NUMBER]) { type } records(ids: ["1"]) { id } record(id: "1") { id twitter_follower_count } }
  records(ids: ["a"], object: "x") { id url }
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/q.graphql.d.ts
index.js {}
server.js {}
