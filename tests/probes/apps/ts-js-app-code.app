-- about JavaScript helper files are bundled
-- app standard
-- file src/app/extensions/hello/extension.ts
import {Extensions} from "attio/client"
// @ts-expect-error untyped
import {x} from "../../../helper"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        console.log(x)
    },
})
-- file src/helper.js
export const x = 1
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]}}
server.js {}
