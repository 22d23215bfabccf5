-- about variable declared twice
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a($id: String!, $id: String!) {
  person(id: $id) {
    id
  }
}
-- official refuses
