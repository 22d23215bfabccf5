-- about unterminated string
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a {
  person(id: "x) {
    id
  }
}
-- official refuses
