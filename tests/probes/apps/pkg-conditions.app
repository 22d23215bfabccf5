-- about which export conditions are active
-- app standard
-- file src/app/extensions/hello/extension.tsx
import {Extensions} from "attio/client"
import {flavour} from "cond-pkg"
import {flavour as b} from "cond-pkg/b"
import {flavour as c} from "cond-pkg/c"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        console.log(flavour, b, c)
    },
})
-- file src/x.server.ts
import {flavour} from "cond-pkg"
export default async function x() {
    return flavour
}
-- package cond-pkg/browser.js
export const flavour = "browser"
-- package cond-pkg/default.js
export const flavour = "default"
-- package cond-pkg/deno.js
export const flavour = "deno"
-- package cond-pkg/development.js
export const flavour = "development"
-- package cond-pkg/import.js
export const flavour = "import"
-- package cond-pkg/module.js
export const flavour = "module"
-- package cond-pkg/node.js
export const flavour = "node"
-- package cond-pkg/package.json no-newline
{"name":"cond-pkg","version":"1.0.0","exports":{".":{"types":"./t.d.ts","worker":"./worker.js","deno":"./deno.js","node":"./node.js","browser":"./browser.js","development":"./development.js","production":"./production.js","module":"./module.js","import":"./import.js","default":"./default.js"},"./b":{"types":"./t.d.ts","development":"./development.js","production":"./production.js","module":"./module.js","import":"./import.js"},"./c":{"types":"./t.d.ts","module":"./module.js","import":"./import.js","default":"./default.js"}}}
-- package cond-pkg/production.js
export const flavour = "production"
-- package cond-pkg/t.d.ts
export declare const flavour: string
-- package cond-pkg/worker.js
export const flavour = "worker"
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]}}
server.js {"modules":{"x.server":"[async function]"}}
