-- about selection on a scalar
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a {
  currentUser {
    id {
      x
    }
  }
}
-- official refuses
