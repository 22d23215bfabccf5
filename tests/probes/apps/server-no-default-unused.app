-- about server file without default export, not imported
-- app standard
-- file src/app/.keep
-- file src/lib/hello.server.ts
export async function hello() {}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {}
server.js {"modules":{"lib/hello.server":{"exports":["hello"],"default":"[undefined]"}}}
