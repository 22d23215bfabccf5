-- about syntax error in a settings file without TypeScript validation
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
-- file src/app/settings/schema.ts
import {Settings} from "attio"
export default Settings.defineWorkspaceSchema({apiKey: Settings.Schema.string(), on: Settings.Schema.boolean(), n: Settings.Schema.number()})
const x =
-- official refuses
files .attio/env.d.ts .attio/settings.d.ts
settings ../src/app.settings workspace
