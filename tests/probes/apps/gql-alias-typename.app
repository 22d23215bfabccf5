-- about aliases and explicit __typename
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query q {
  a: person(id: "1") {
    __typename
    fullName: name {
      f: full_name
      __typename
    }
    t: __typename
  }
  __typename
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/q.graphql.d.ts
index.js {}
server.js {}
