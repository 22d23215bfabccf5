-- about the same without TypeScript validation
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

export default Extensions.defineExtension({
    id: "a",
    type: "record-action",
    label: "Label of a",
    onTrigger: async () => {},
})
const x = 
-- official refuses
files .attio/env.d.ts
