-- about settings folder without any settings call: ignored silently
-- app standard
-- file src/app/settings/schema.ts
export default {fields: {}}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {}
server.js {}
