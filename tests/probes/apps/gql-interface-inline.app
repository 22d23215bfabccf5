-- about inline fragments on an interface
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query q($id: String!, $o: String!) {
  record(id: $id, object: $o) {
    id
    url
    ... on Person {
      job_title
      name {
        full_name
      }
    }
    ... on Company {
      domains
    }
  }
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/q.graphql.d.ts
index.js {}
server.js {}
