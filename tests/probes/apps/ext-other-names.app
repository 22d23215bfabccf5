-- about misnamed definition files: silently ignored
-- app standard
-- file src/app/extensions/a/index.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "a",
    type: "record-action",
    label: "Label of a",
    onTrigger: async () => {},
})
-- file src/app/extensions/b/Extension.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "b",
    type: "record-action",
    label: "Label of b",
    onTrigger: async () => {},
})
-- file src/app/extensions/c.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "c",
    type: "record-action",
    label: "Label of c",
    onTrigger: async () => {},
})
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {}
server.js {}
