-- about named fragment on a union
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query q($id: String!) {
  deal(id: $id) {
    owner {
      ...A
    }
    created_by {
      __typename
      ...A
    }
  }
}
fragment A on Actor {
  ... on User {
    id
    name
  }
  ... on Workflow {
    type
  }
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/q.graphql.d.ts
index.js {}
server.js {}
