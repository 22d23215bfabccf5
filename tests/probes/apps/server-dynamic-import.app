-- about dynamic import of a server file from the client
-- app standard
-- file src/app/extensions/hello/extension.tsx
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        const {default: hello} = await import("./hello.server")
        console.log(await hello("x"))
    },
})
-- file src/app/extensions/hello/hello.server.ts
export default async function hello(name: string) {
    return `hello ${name}`
}
-- official refuses
files .attio/env.d.ts
