-- about a server file importing another: a direct call inside the server bundle
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
-- file src/app/extensions/hello/hello.server.ts
import other, {named} from "./other.server"
export default async function hello(name: string) {
    return (await other(name)) + named
}
-- file src/app/extensions/hello/other.server.ts
export const named = "n"
export default async function other(name: string) {
    return name
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]},"calls":["app/extensions/hello/hello.server"]}
server.js {"modules":{"app/extensions/hello/hello.server":"[async function]","app/extensions/hello/other.server":{"exports":["default","named"],"default":"[async function]"}}}
