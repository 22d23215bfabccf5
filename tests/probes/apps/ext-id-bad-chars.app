-- about upper case and underscore
-- app standard
-- file src/app/extensions/a/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "My_Ext",
    type: "record-action",
    label: "Label of My_Ext",
    onTrigger: async () => {},
})
-- official refuses
files .attio/env.d.ts
