-- about a helper called stdin.ts with a default export takes the name stdin_default
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
import x from "../../../stdin"
export default async function hello(name: string) {
    return `${x} ${name}`
}
-- file src/stdin.ts
export default [1]
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]},"calls":["app/extensions/hello/hello.server"]}
server.js {"entryPoints":{"stdin_default":"undefined"},"modules":{"app/extensions/hello/hello.server":"[async function]"}}
