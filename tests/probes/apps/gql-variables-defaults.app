-- about defaults on required variables; a nullable variable for a required argument
-- app standard
-- file src/app/.keep
-- file src/app/extensions/hello/q.graphql
query q($a: String! = "x", $ids: [String!]! = ["1"], $types: [AttributeType!] = null, $q: String) {
  person(id: $a) {
    id
  }
  people {
    records(ids: $ids) {
      id
    }
    attributes(types: $types) {
      title
    }
  }
  company(id: $q) @skip(if: true) {
    id
  }
}
-- official refuses
