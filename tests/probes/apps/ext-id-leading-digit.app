-- about leading digit
-- app standard
-- file src/app/extensions/a/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "1a",
    type: "record-action",
    label: "Label of 1a",
    onTrigger: async () => {},
})
-- official refuses
files .attio/env.d.ts
