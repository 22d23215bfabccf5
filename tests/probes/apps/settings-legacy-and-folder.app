-- about app.settings.ts and src/app/settings
-- app standard
-- file src/app/settings/schema.ts
import {Settings} from "attio"
export default Settings.defineWorkspaceSchema({apiKey: Settings.Schema.string(), on: Settings.Schema.boolean(), n: Settings.Schema.number()})
-- file src/app.settings.ts
import {Settings} from "attio"
export default {workspace: {apiKey: Settings.string()}}
-- official refuses
files .attio/env.d.ts .attio/settings.d.ts
settings ../src/app.settings workspace
