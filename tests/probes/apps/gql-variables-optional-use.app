-- about an optional variable left out: a type error, because optional becomes nullable
-- app standard
-- file src/app/extensions/hello/extension.ts
import {Extensions} from "attio/client"
import {runQuery} from "attio/client"
import q from "./q.graphql"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async ({recordId}) => {
        await runQuery(q, {id: recordId})
    },
})
-- file src/app/extensions/hello/q.graphql
query q($id: String!, $t: [AttributeType!]) {
  person(id: $id) {
    id
  }
  people {
    attributes(types: $t) {
      type
    }
  }
}
-- official refuses
files .attio/env.d.ts src/app/extensions/hello/q.graphql.d.ts
