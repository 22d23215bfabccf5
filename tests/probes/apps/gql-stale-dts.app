-- about left-over .graphql.d.ts: not removed
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/gone.graphql.d.ts
declare module "./gone.graphql" {
    const value: string
    export default value
}
-- file src/app/extensions/hello/q.graphql
query a {
  currentUser {
    id
  }
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/q.graphql.d.ts
index.js {}
server.js {}
