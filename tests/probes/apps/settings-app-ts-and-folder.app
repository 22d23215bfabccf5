-- about app.settings in app.ts (even empty) and src/app/settings
-- app standard
-- file src/app/settings/schema.ts
import {Settings} from "attio"
export default Settings.defineWorkspaceSchema({apiKey: Settings.Schema.string(), on: Settings.Schema.boolean(), n: Settings.Schema.number()})
-- file src/app.ts
import type {App} from "attio"
export const app: App = {settings: {}}
-- official refuses
files .attio/env.d.ts .attio/settings.d.ts
settings ../src/app/settings/schema fields
