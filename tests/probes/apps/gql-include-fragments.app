-- about conditional fragments
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query q($b: Boolean!, $id: String!) {
  person(id: $id) {
    ... @include(if: $b) {
      job_title
    }
    ...F @skip(if: $b)
    ... on Person @include(if: $b) {
      description
    }
  }
}
fragment F on Person {
  url
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/q.graphql.d.ts
index.js {}
server.js {}
