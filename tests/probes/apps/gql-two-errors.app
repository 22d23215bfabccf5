-- about several errors and several bad files: only the first is told
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a {
  currentUser {
    nmae
  }
  nothing
}
-- file src/app/extensions/hello/r.graphql
query b {
  unknown
}
-- official refuses
