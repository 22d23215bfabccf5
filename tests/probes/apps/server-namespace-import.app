-- about namespace import of a server file: LIMIT silently undefined
-- app standard
-- file src/app/extensions/hello/extension.tsx
import {Extensions} from "attio/client"
import * as srv from "./hello.server"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        console.log(await srv.default("x"), srv.LIMIT)
    },
})
-- file src/app/extensions/hello/hello.server.ts
export default async function hello(name: string) {
    return `hello ${name}`
}
export const LIMIT = 5
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]},"calls":["app/extensions/hello/hello.server"]}
server.js {"modules":{"app/extensions/hello/hello.server":{"exports":["LIMIT","default"],"default":"[async function]"}}}
