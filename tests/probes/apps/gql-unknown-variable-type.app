-- about unknown variable type
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a($id: Nope!) {
  person(id: $id) {
    id
  }
}
-- official refuses
