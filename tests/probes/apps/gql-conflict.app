-- about conflicting fields
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query a {
  person(id: "1") {
    x: job_title
    x: phone_numbers
  }
}
-- official refuses
