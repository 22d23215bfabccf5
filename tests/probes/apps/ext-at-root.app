-- about extension.tsx directly under extensions/
-- app standard
-- file src/app/extensions/extension.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "at-root",
    type: "record-action",
    label: "Label of at-root",
    onTrigger: async () => {},
})
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"at-root","label":"Label of at-root","onTrigger":"[async function]","type":"record-action"}]}}
server.js {}
