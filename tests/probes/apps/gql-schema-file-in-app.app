-- about a schema file inside the app breaks the build
-- app standard
-- file schema.graphql
type Query {
  a: String
}
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a {
  currentUser {
    id
  }
}
-- official refuses
