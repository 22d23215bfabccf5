-- about union members with fields of different types under one name
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a {
  person(id: "1") {
    attribute(slug: "x") {
      ... on TextValue {
        value
      }
      ... on NumberValue {
        value
      }
    }
  }
}
-- official refuses
