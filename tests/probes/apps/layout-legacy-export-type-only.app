-- about the only export called app is a type
-- app standard
-- file src/app.ts
export type app = string
-- official refuses
files .attio/env.d.ts dist/server.js
server.js {}
