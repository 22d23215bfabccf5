-- about .env files, even with bad keys, have no effect on build
-- app standard
-- file .env
MY_VAR=1
lower=2
ATTIO_X=3
EMPTY=
-- file .env.local
MY_VAR=2
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
export default async function hello(name: string) {
    console.log(process.env.MY_VAR)
    return `hello ${name}`
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]},"calls":["app/extensions/hello/hello.server"]}
server.js {"modules":{"app/extensions/hello/hello.server":"[async function]"}}
