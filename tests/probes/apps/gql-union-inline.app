-- about inline fragments on unions
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query q($id: String!) {
  person(id: $id) {
    created_by {
      ... on User {
        id
        email
      }
      ... on App {
        type
      }
    }
    attribute(slug: "x") {
      ... on TextValue {
        text: value
      }
      ... on NumberValue {
        number: value
      }
      ... on MultiSelectValue {
        values {
          id
          title
        }
      }
      ... on CheckboxValue {
        checked: value
      }
    }
  }
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/q.graphql.d.ts
index.js {}
server.js {}
