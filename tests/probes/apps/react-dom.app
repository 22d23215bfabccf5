-- about react-dom (not installed)
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
-- file src/app/extensions/hello/extension.tsx
import {Extensions} from "attio/client"
import {createPortal} from "react-dom"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        console.log(createPortal)
    },
})
-- official refuses
files .attio/env.d.ts dist/server.js
server.js {}
