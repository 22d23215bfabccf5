-- about wrong literal type
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a {
  person(id: 5) {
    id
  }
}
-- official refuses
