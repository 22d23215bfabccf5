-- about several discovery errors at once: only one is told
-- app standard
-- file src/app/blocks/x/README.md
x
-- file src/app/extensions/a/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "Bad_Id",
    type: "record-action",
    label: "Label of Bad_Id",
    onTrigger: async () => {},
})
-- file src/app/pages/a/b/page.tsx
export default 1
-- file src/app/settings/a.ts
import {Settings} from "attio"
export default Settings.defineWorkspaceSchema({})
-- file src/app/settings/b.ts
import {Settings} from "attio"
export default Settings.defineWorkspaceSchema({})
-- official refuses
files .attio/env.d.ts .attio/settings.d.ts
settings ../src/app.settings workspace
