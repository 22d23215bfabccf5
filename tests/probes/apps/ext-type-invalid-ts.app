-- about unknown type, TypeScript reports first
-- app standard
-- file src/app/extensions/a/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "a",
    type: "page-action",
    label: "Label of a",
    onTrigger: async () => {},
})
-- official refuses
files .attio/env.d.ts
