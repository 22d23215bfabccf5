-- about build does not need a valid package.json of its own; esbuild does
-- app standard
-- file package.json
{ nope
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
