-- about mutation
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
mutation m {
  x
}
-- official refuses
