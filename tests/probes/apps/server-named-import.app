-- about client imports a named export of a server file
-- app standard
-- file src/app/extensions/hello/extension.tsx
import {Extensions} from "attio/client"
import {helper} from "./hello.server"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        console.log(await helper("x"))
    },
})
-- file src/app/extensions/hello/hello.server.ts
export default async function hello(name: string) {
    return `hello ${name}`
}
export async function helper(s: string) {
    return s
}
-- official refuses
files .attio/env.d.ts dist/server.js
server.js {"modules":{"app/extensions/hello/hello.server":{"exports":["default","helper"],"default":"[async function]"}}}
