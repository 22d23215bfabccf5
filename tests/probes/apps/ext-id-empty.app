-- about empty id
-- app standard
-- file src/app/extensions/a/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "",
    type: "record-action",
    label: "Label of ",
    onTrigger: async () => {},
})
-- official refuses
files .attio/env.d.ts
