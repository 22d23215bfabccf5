-- about unknown enum value
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a {
  people {
    attributes(types: [NOPE]) {
      title
    }
  }
}
-- official refuses
