-- about dist is a plain file
-- app standard
-- file dist
x
-- file src/app/extensions/hello/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {},
})
-- official refuses
files .attio/env.d.ts
