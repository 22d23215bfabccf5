-- about unknown fragment
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query q {
  currentUser {
    ...Nope
  }
}
-- official refuses
