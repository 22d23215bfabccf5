-- about .module.css in client code
-- app standard
-- file src/app/extensions/hello/extension.tsx
import {Extensions} from "attio/client"
import a0 from "./file.module.css"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        console.log(a0)
    },
})
-- file src/app/extensions/hello/file.module.css
.a { color: red }
-- file src/assets.d.ts
declare module "*.module.css" {
    const value: any
    export default value
}
-- official builds
files .attio/env.d.ts dist/index.css dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]}}
server.js {}
