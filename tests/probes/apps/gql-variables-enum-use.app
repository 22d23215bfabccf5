-- about are enum types resolved in the generated file?
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
        const r = await runQuery(q, {t: ["TEXT"]})
        const x: number = r.people.attributes[0].type
        console.log(x)
    },
})
-- file src/app/extensions/hello/q.graphql
query q($t: [AttributeType!]) {
  people {
    attributes(types: $t) {
      type
    }
  }
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js src/app/extensions/hello/q.graphql.d.ts
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]}}
server.js {}
