-- about any callee named defineExtension is accepted, whatever it is
-- app standard
-- file src/app/extensions/a/extension.ts
import {Extensions as X} from "attio/client"
const other = {defineExtension: X.defineExtension}
export default other.defineExtension({id: "a", type: "record-action", label: "A", onTrigger: async () => {}})
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"a","label":"A","onTrigger":"[async function]","type":"record-action"}]}}
server.js {}
