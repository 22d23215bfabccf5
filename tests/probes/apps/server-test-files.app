-- about which files count as server functions
-- app standard
-- file src/.hidden/h.server.ts
export default async function hello(name: string) {
    return `hello ${name}`
}
-- file src/[id]/brackets.server.ts
export default async function hello(name: string) {
    return `hello ${name}`
}
-- file src/app/.keep
-- file src/hello.server.test.ts
export default async function t() {}
-- file "src/with space/ü.server.ts"
export default async function hello(name: string) {
    return `hello ${name}`
}
-- file src/x.test.server.ts
export default async function t() {}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {}
server.js {"modules":{"[id]/brackets.server":"[async function]","node_modules/p/n.server":"[async function]","with space/ü.server":"[async function]","x.test.server":"[async function]"}}
