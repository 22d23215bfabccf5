-- about arguments and results that cannot be serialised: not checked
-- app standard
-- file src/app/extensions/hello/extension.tsx
import {Extensions} from "attio/client"
import hello from "./hello.server"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        console.log(await hello(() => 1, new Map(), Symbol.iterator))
    },
})
-- file src/app/extensions/hello/hello.server.ts
export default async function hello(f: () => number, m: Map<string, string>, s: symbol) {
    return {f, m, s, d: new Date()}
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]},"calls":["app/extensions/hello/hello.server"]}
server.js {"modules":{"app/extensions/hello/hello.server":"[async function]"}}
