-- about unknown directive
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a {
  currentUser {
    id @nope
  }
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/q.graphql.d.ts
index.js {}
server.js {}
