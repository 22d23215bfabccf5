-- about the seed's query, used
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
        const {person} = await runQuery(q, {recordId})
        const s: string | undefined = person?.phone_numbers[0]
        console.log(s)
    },
})
-- file src/app/extensions/hello/q.graphql
query getPersonPhoneNumbers($recordId: String!) {
  person(id: $recordId) {
    name {
      full_name
    }
    phone_numbers
  }
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/q.graphql.d.ts
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]}}
server.js {}
