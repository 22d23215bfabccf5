-- about modules are evaluated lazily, on call
-- app standard
-- file src/a.server.ts
console.log("evaluated a")
export default async function hello(name: string) {
    return `hello ${name}`
}
-- file src/app/.keep
-- file src/b.server.ts
console.log("evaluated b")
export default async function hello(name: string) {
    return `hello ${name}`
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {}
server.js {"modules":{"a.server":"[async function]","b.server":"[async function]"}}
