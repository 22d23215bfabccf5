-- about wrong variables and wrong use of the result: TypeScript messages
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
        const {person} = await runQuery(q, {wrong: recordId})
        const s: number = person.job_title
        console.log(s)
    },
})
-- file src/app/extensions/hello/q.graphql
query q($id: String!) {
  person(id: $id) {
    job_title
  }
}
-- official refuses
files .attio/env.d.ts src/app/extensions/hello/q.graphql.d.ts
