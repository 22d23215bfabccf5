-- about two schemas
-- app standard
-- file src/app/settings/a.ts
import {Settings} from "attio"
export default Settings.defineWorkspaceSchema({apiKey: Settings.Schema.string(), on: Settings.Schema.boolean(), n: Settings.Schema.number()})
-- file src/app/settings/b.ts
import {Settings} from "attio"
export default Settings.defineWorkspaceSchema({apiKey: Settings.Schema.string(), on: Settings.Schema.boolean(), n: Settings.Schema.number()})
-- official refuses
files .attio/env.d.ts .attio/settings.d.ts
settings ../src/app.settings workspace
