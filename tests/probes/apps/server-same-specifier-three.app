-- about distinct specifiers: no clash
-- app standard
-- file src/app/extensions/a/extension.ts
import {Extensions} from "attio/client"
import run from "../../../lib/a/run.server"
export default Extensions.defineExtension({
    id: "a",
    type: "record-action",
    label: "Label of a",
    onTrigger: async () => {
        await run()
    },
})
-- file src/app/extensions/b/extension.ts
import {Extensions} from "attio/client"
import run from "../../../lib/b/run.server"
export default Extensions.defineExtension({
    id: "b",
    type: "record-action",
    label: "Label of b",
    onTrigger: async () => {
        await run()
    },
})
-- file src/lib/a/help.ts
export default function help(s: string) {
    return s
}
-- file src/lib/a/run.server.ts
import helper from "./help"
export default async function run() {
    return helper("a")
}
-- file src/lib/b/help.ts
export default function help(s: string) {
    return s
}
-- file src/lib/b/run.server.ts
import helper from "./help"
export default async function run() {
    return helper("b")
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"a","label":"Label of a","onTrigger":"[async function]","type":"record-action"},{"id":"b","label":"Label of b","onTrigger":"[async function]","type":"record-action"}]},"calls":["lib/a/run.server","lib/b/run.server"]}
server.js {"modules":{"lib/a/run.server":"[async function]","lib/b/run.server":"[async function]"}}
