-- about two folders import ./run.server: do both proxies name their own module?
-- app standard
-- file src/app/extensions/one/extension.ts
import {Extensions} from "attio/client"
import run from "./run.server"
export default Extensions.defineExtension({
    id: "one",
    type: "record-action",
    label: "Label of one",
    onTrigger: async () => {
        await run()
    },
})
-- file src/app/extensions/one/run.server.ts
export default async function run() {
    return "ONE"
}
-- file src/app/extensions/two/extension.ts
import {Extensions} from "attio/client"
import run from "./run.server"
export default Extensions.defineExtension({
    id: "two",
    type: "record-action",
    label: "Label of two",
    onTrigger: async () => {
        await run()
    },
})
-- file src/app/extensions/two/run.server.ts
export default async function run() {
    return "TWO"
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"one","label":"Label of one","onTrigger":"[async function]","type":"record-action"},{"id":"two","label":"Label of two","onTrigger":"[async function]","type":"record-action"}]},"calls":["app/extensions/two/run.server"]}
server.js {"modules":{"app/extensions/one/run.server":"[async function]","app/extensions/two/run.server":"[async function]"}}
