-- about both definition files in a folder
-- app standard
-- file src/app/extensions/a/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "a",
    type: "record-action",
    label: "Label of a",
    onTrigger: async () => {},
})
-- file src/app/extensions/a/extension.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "a",
    type: "record-action",
    label: "Label of a",
    onTrigger: async () => {},
})
-- official refuses
files .attio/env.d.ts
