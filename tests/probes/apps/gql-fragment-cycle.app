-- about cyclic fragments
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query q {
  person(id: "1") {
    ...A
  }
}
fragment A on Person {
  company {
    ...B
  }
}
fragment B on Company {
  team {
    ...A
  }
}
-- official refuses
