-- about spellings of the definition that are understood
-- app standard
-- file src/app/extensions/a/extension.ts
import {Extensions} from "attio/client"

const {defineExtension} = Extensions
export default (defineExtension({
    id: "a",
    type: "record-action",
    label: "Label of a",
    onTrigger: async () => {},
}) as ReturnType<typeof defineExtension>)
-- file src/app/extensions/b/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: `b`,
    type: "record-action",
    label: "Label of b",
    onTrigger: async () => {},
})
-- file src/app/extensions/c/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: ("c" as const),
    type: "record-action" satisfies string,
    label: "Label of c",
    onTrigger: async () => {},
})
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"a","label":"Label of a","onTrigger":"[async function]","type":"record-action"},{"id":"b","label":"Label of b","onTrigger":"[async function]","type":"record-action"},{"id":"c","label":"Label of c","onTrigger":"[async function]","type":"record-action"}]}}
server.js {}
