-- about operation name GET_PERSON: do the names in the generated file agree (a type error is expected below)?
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
        const n: number = r.currentUser.name
        console.log(n)
    },
})
-- file src/app/extensions/hello/q.graphql
query GET_PERSON {
  currentUser {
    name
  }
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/q.graphql.d.ts
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]}}
server.js {}
