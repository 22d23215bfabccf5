-- about search fields
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a($q: String!) {
  experimental_searchPeople(query: $q) {
    id
    email_addresses
  }
  experimental_searchRecords(query: $q, object: "x") {
    id
  }
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/q.graphql.d.ts
index.js {}
server.js {}
