-- about .css in server code
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
-- file src/app/extensions/hello/file.css
.a { color: red }
-- file src/app/extensions/hello/hello.server.ts
import a0 from "./file.css"
export default async function hello(name: string) {
    console.log(a0)
    return `hello ${name}`
}
-- file src/assets.d.ts
declare module "*.css" {
    const value: any
    export default value
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.css dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]},"calls":["app/extensions/hello/hello.server"]}
server.js {"modules":{"app/extensions/hello/hello.server":"[async function]"}}
