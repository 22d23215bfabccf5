-- about the same field selected several times
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query q($id: String!) {
  person(id: $id) {
    name {
      first_name
    }
    name {
      last_name
    }
    ... on Person {
      name {
        full_name
      }
    }
    job_title
    job_title
  }
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/q.graphql.d.ts
index.js {}
server.js {}
