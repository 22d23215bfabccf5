-- about app re-exported from another file
-- app standard
-- file src/app.ts
export {app} from "./the-app"
-- file src/the-app.ts
import type {App} from "attio"
export const app: App = {record: {actions: [{id: "a", label: "x", onTrigger: async () => {}}]}}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"a","label":"x","onTrigger":"[async function]"}]}}
server.js {}
