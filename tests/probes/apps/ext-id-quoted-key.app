-- about a quoted property name is not understood
-- app standard
-- file src/app/extensions/e/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    "id": "e",
    type: "record-action",
    label: "Label of e",
    onTrigger: async () => {},
})
-- official refuses
files .attio/env.d.ts
