-- about user code uses the names of the bundle's own variables
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
export const modules = 1, main = 2, stdin_default = 3, webhookModules = 4
export function stdin_webhooks_default() {}
export default async function hello(name: string) {
    return `hello ${name}`
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]},"calls":["app/extensions/hello/hello.server"]}
server.js {"entryPoints":{"stdin_default":"undefined"},"modules":null,"webhooks":null}
