-- about named export only: accepted
-- app standard
-- file src/app/.keep
-- file src/events/connection-added.event.ts
export async function connectionAdded() {}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {}
server.js {"events":{"connection-added":{"exports":["connectionAdded"],"default":"[undefined]"}}}
