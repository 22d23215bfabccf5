-- about type imports of a server file
-- app standard
-- file src/app/extensions/hello/extension.tsx
import {Extensions} from "attio/client"
import type {Out} from "./hello.server"
import hello, {type Out as Out2} from "./hello.server"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        const o: Out = await hello("x")
        const p: Out2 = o
        console.log(p)
    },
})
-- file src/app/extensions/hello/hello.server.ts
export type Out = string
export default async function hello(name: string) {
    return `hello ${name}`
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]},"calls":["app/extensions/hello/hello.server"]}
server.js {"modules":{"app/extensions/hello/hello.server":"[async function]"}}
