-- about a type error: note the line number
-- app standard
-- file src/app/extensions/hello/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        const n: number = "text"
        console.log(n)
    },
})
-- official refuses
files .attio/env.d.ts
