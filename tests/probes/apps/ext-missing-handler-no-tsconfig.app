-- about an action without label or onTrigger, no tsconfig: builds
-- file package.json
{
  "name": "probe",
  "description": "Probe",
  "private": true,
  "version": "0.0.1",
  "scripts": {
    "build": "attio build"
  },
  "dependencies": {
    "attio": "1.0.4",
    "react": "19.2.4"
  }
}
-- file src/app/extensions/a/extension.ts
import {Extensions} from "attio/client"
export default Extensions.defineExtension({id: "a", type: "record-action"})
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"a","type":"record-action"}]}}
server.js {}
