-- about a larger query with every union member
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query q {
  deal(id: "1") {
    name
    stage {
      title
    }
    value {
      currency_value
    }
    owner {
      ... on User {
        name
      }
      ... on SystemActor {
        type
      }
      ... on APITokenActor {
        type
      }
      ... on App {
        type
      }
      ... on Workflow {
        type
      }
    }
    associated_people {
      name {
        full_name
      }
      email_addresses
    }
    list_entries {
      id
    }
  }
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/q.graphql.d.ts
index.js {}
server.js {}
