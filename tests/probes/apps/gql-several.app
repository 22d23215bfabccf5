-- about two queries in a file
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a {
  currentUser {
    id
  }
}

query b {
  currentUser {
    name
  }
}
-- official refuses
