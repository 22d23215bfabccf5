-- about fragment on an interface with an inline fragment
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query q($id: String!, $o: String!) {
  record(id: $id, object: $o) {
    ...R
  }
}

fragment R on Record {
  id
  ... on Deal {
    value {
      currency_value
      currency_code
    }
  }
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/q.graphql.d.ts
index.js {}
server.js {}
