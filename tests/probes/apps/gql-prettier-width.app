-- about the app's own .prettierrc does not affect generated files
-- app standard
-- file .prettierrc
{"semi": false, "tabWidth": 8}
-- file src/app/.keep
-- file src/app/extensions/hello/a.graphql
query aVeryLongOperationNameThatDoesNotFit($aVeryLongVariableNameNumberOne: String!, $b: [AttributeType!]) {
  person(id: $aVeryLongVariableNameNumberOne) {
    id
    company {
      estimated_arr_usd {
        title
      }
      team {
        id
      }
      list_entries {
        __typename
      }
    }
  }
  people {
    attributes(types: $b) {
      title
    }
  }
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/a.graphql.d.ts
index.js {}
server.js {}
