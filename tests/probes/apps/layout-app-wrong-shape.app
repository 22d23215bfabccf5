-- about app without the App type, actions not an array
-- app standard
-- file src/app.ts
export const app = {record: {actions: {id: 1}}}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {}
server.js {}
