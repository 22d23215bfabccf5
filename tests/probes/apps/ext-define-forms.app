-- about which spellings of the definition are understood (d has a computed key)
-- app standard
-- file src/app/extensions/a/extension.ts
import {Extensions} from "attio/client"

const {defineExtension} = Extensions
export default (defineExtension({
    id: "a",
    type: "record-action",
    label: "Label of a",
    onTrigger: async () => {},
}) as ReturnType<typeof defineExtension>)
-- file src/app/extensions/b/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: `b`,
    type: "record-action",
    label: "Label of b",
    onTrigger: async () => {},
})
-- file src/app/extensions/c/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: ("c" as const),
    type: "record-action" satisfies string,
    label: "Label of c",
    onTrigger: async () => {},
})
-- file src/app/extensions/d/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    ["id"]: "d",
    type: "record-action",
    label: "Label of d",
    onTrigger: async () => {},
})
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
