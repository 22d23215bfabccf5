-- about folder name unrelated to id: accepted, no warning
-- app standard
-- file src/app/extensions/some-Folder_Name/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "quite-different",
    type: "record-action",
    label: "Label of quite-different",
    onTrigger: async () => {},
})
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"quite-different","label":"Label of quite-different","onTrigger":"[async function]","type":"record-action"}]}}
server.js {}
