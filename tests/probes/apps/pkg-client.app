-- about package: main fields, browser map, minification, NODE_ENV (client)
-- app standard
-- file src/app/extensions/hello/extension.tsx
import {Extensions} from "attio/client"
import {which, only, swapped, dev, longVariableName} from "probe-pkg"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        console.log(which, only, swapped, dev, longVariableName)
    },
})
-- package probe-pkg/index.d.ts
export declare const which: string, only: any, swapped: any, dev: boolean, longVariableName: number
-- package probe-pkg/main.cjs
exports.which = 'main'
-- package probe-pkg/module.mjs
import only from "./node-only.js"
import swapped from "./swap-a.js"
export const which = "module"
export {only, swapped}
const someLongLocalName = Number(which.length) + 1
export const longVariableName = (function (anotherLongParameter) { return anotherLongParameter * 2 })(someLongLocalName)
export let dev = false
if (process.env.NODE_ENV !== "production") { dev = true; console.log("development only branch") }
-- package probe-pkg/node-only.js
module.exports = require("fs")
-- package probe-pkg/package.json no-newline
{"name":"probe-pkg","version":"1.0.0","main":"./main.cjs","module":"./module.mjs","browser":{"./node-only.js":false,"./swap-a.js":"./swap-b.js"},"types":"./index.d.ts"}
-- package probe-pkg/swap-a.js
module.exports = "node flavour"
-- package probe-pkg/swap-b.js
module.exports = "browser flavour"
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]}}
server.js {}
