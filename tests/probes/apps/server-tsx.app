-- about a .server.tsx function: client proxy made, server bundle has no such module
-- app standard
-- file src/app/extensions/hello/extension.tsx
import {Extensions} from "attio/client"
import hello from "./hello.server"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        console.log(await hello("x"))
    },
})
-- file src/app/extensions/hello/hello.server.tsx
export default async function hello(name: string) {
    return `hello ${name}`
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]},"calls":["app/extensions/hello/hello.server"]}
server.js {}
