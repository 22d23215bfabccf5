-- about query and mutation
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a {
  currentUser {
    id
  }
}
mutation m {
  x
}
-- official refuses
