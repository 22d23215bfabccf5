-- about app is a function
-- app standard
-- file src/app.ts
export function app() {
    return {}
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {}
server.js {}
