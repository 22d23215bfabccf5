-- about syntax error: unexpected name
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
quary a {
  currentUser {
    id
  }
}
-- official refuses
