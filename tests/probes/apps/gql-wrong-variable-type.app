-- about variable of the wrong type
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a($id: Int!) {
  person(id: $id) {
    id
  }
}
-- official refuses
