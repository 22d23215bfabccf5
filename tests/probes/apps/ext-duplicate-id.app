-- about same id in two folders (even of different types)
-- app standard
-- file src/app/extensions/a/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "same",
    type: "record-action",
    label: "Label of same",
    onTrigger: async () => {},
})
-- file src/app/extensions/b/extension.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "same",
    type: "record-widget",
    label: "Label of same",
    Widget: () => <></>,
})
-- official refuses
files .attio/env.d.ts
