-- about left-overs in dist/ and .attio/: what is cleaned
-- app standard
-- file .attio/register.d.ts
import "attio/client"

declare module "attio/client" {
    export interface Register {
        appPageSlugs: "gone"
    }
}
-- file .attio/settings.d.ts
import type x from "../src/app/settings/schema"
export type X = typeof x
-- file dist/old.js
stale
-- file dist/workflow/gone.js
stale
-- file src/app/extensions/hello/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {},
})
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]}}
server.js {}
workflow/gone.js {"evaluates":false}
