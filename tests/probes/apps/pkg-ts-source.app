-- about a package shipping .ts: not minified, NODE_ENV development
-- app standard
-- file src/app/extensions/hello/extension.tsx
import {Extensions} from "attio/client"
import {x} from "ts-pkg"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        console.log(x)
    },
})
-- package ts-pkg/index.ts
export const someLongName: number = 1
export const x = someLongName + (process.env.NODE_ENV === 'production' ? 1 : 2)
-- package ts-pkg/package.json no-newline
{"name":"ts-pkg","version":"1.0.0","main":"./index.ts"}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]}}
server.js {}
