-- about a query imported in server code
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a {
  currentUser {
    id
  }
}
-- file src/x.server.ts
import q from "./app/extensions/hello/q.graphql"
export default async function x() {
    return q
}
-- official refuses
files .attio/env.d.ts dist/index.js src/app/extensions/hello/q.graphql.d.ts
index.js {}
