-- about syntax error in a page definition, no TypeScript validation
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
-- file src/app/pages/a/page.tsx
import {Extensions} from "attio/client"
export default Extensions.experimental_definePage({name: "P", Page: () => <></>})
const x =
-- official refuses
files .attio/env.d.ts .attio/register.d.ts dist/server.js
server.js {}
register {"appPageSlugs":["a"]}
