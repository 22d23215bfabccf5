-- about a field directly on a union
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a {
  person(id: "1") {
    created_by {
      id
    }
  }
}
-- official refuses
