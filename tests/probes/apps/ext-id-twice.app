-- about id given twice: the last one counts
-- app standard
-- file src/app/extensions/a/extension.ts
import {Extensions} from "attio/client"
// @ts-ignore
export default Extensions.defineExtension({id: "first", type: "record-action", label: "x", onTrigger: async () => {},
    // @ts-ignore
    id: "last"})
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"last","label":"x","onTrigger":"[async function]","type":"record-action"}]}}
server.js {}
