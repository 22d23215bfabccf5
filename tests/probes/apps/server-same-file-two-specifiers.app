-- about one server file reached by two specifiers
-- app standard
-- file src/app/extensions/deep/er/extension.ts
import {Extensions} from "attio/client"
import run from "../../../../lib/run.server"
export default Extensions.defineExtension({
    id: "two",
    type: "record-action",
    label: "Label of two",
    onTrigger: async () => {
        await run()
    },
})
-- file src/app/extensions/one/extension.ts
import {Extensions} from "attio/client"
import run from "../../../lib/run.server"
export default Extensions.defineExtension({
    id: "one",
    type: "record-action",
    label: "Label of one",
    onTrigger: async () => {
        await run()
    },
})
-- file src/lib/run.server.ts
export default async function run() {
    return "X"
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"two","label":"Label of two","onTrigger":"[async function]","type":"record-action"},{"id":"one","label":"Label of one","onTrigger":"[async function]","type":"record-action"}]},"calls":["lib/run.server"]}
server.js {"modules":{"lib/run.server":"[async function]"}}
