-- about a JSON import with the template's tsconfig: refused by TypeScript, because composite projects must list JSON files
-- app standard
-- file src/app/extensions/hello/extension.tsx
import {Extensions} from "attio/client"
import a0 from "./file.json"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        console.log(a0)
    },
})
-- file src/app/extensions/hello/file.json
{"a": {"b": 1}, "not-an-identifier": 2}
-- file src/assets.d.ts
-- official refuses
files .attio/env.d.ts
