-- about two files called q.graphql: do their relative module declarations clash?
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
        const r = await runQuery(q)
        const n: number = r.currentUser.id
        console.log(n)
    },
})
-- file src/app/extensions/hello/q.graphql
query a {
  currentUser {
    id
  }
}
-- file src/other/q.graphql
query b {
  currentUser {
    name
  }
}
-- official refuses
files .attio/env.d.ts src/app/extensions/hello/q.graphql.d.ts src/other/q.graphql.d.ts
