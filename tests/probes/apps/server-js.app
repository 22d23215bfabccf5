-- about a .server.js function
-- app standard
-- file src/app/extensions/hello/extension.tsx
import {Extensions} from "attio/client"
// @ts-expect-error no declaration
import hello from "./hello.server"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        console.log(await hello("x"))
    },
})
-- file src/app/extensions/hello/hello.server.js
export default async function hello(name) {
    return `hello ${name}`
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]},"calls":["app/extensions/hello/hello.server"]}
server.js {"modules":{"app/extensions/hello/hello.server":"[async function]"}}
