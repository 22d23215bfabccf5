-- about src/app exists but is empty: a valid app
-- app standard
-- file src/app/.gitkeep
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {}
server.js {}
