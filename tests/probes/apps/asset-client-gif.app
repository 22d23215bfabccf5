-- about .gif in client code
-- app standard
-- file src/app/extensions/hello/extension.tsx
import {Extensions} from "attio/client"
import a0 from "./file.gif"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        console.log(a0)
    },
})
-- file src/app/extensions/hello/file.gif no-newline
GIF89a
-- file src/assets.d.ts
declare module "*.gif" {
    const value: any
    export default value
}
-- official refuses
files .attio/env.d.ts dist/server.js
server.js {}
