-- about nullable variable for a required argument
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a($id: String) {
  person(id: $id) {
    id
  }
}
-- official refuses
