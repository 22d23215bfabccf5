-- about comments, commas, a block string default
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/a.graphql
# leading comment
query me($id: String = """
  block "string"
""") {
  # inner
  person(id: $id) { id, url, }
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/a.graphql.d.ts
index.js {}
server.js {}
