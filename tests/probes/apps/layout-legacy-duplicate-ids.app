-- about duplicate and malformed ids in app.ts
-- app standard
-- file src/app.ts
import type {App} from "attio"
const t = async () => {}
export const app: App = {record: {actions: [{id: "same", label: "1", onTrigger: t}, {id: "same", label: "2", onTrigger: t}], bulkActions: [{id: "Bad Id!", label: "3", onTrigger: t}]}}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"bulk-record-action":[{"id":"Bad Id!","label":"3","onTrigger":"[async function]"}],"record-action":[{"id":"same","label":"1","onTrigger":"[async function]"},{"id":"same","label":"2","onTrigger":"[async function]"}]}}
server.js {}
