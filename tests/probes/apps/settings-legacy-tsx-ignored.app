-- about app.settings.tsx is not looked at
-- app standard
-- file src/app/.keep
-- file src/app.settings.tsx
import {Settings} from "attio"
export default {workspace: {apiKey: Settings.string()}}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {}
server.js {}
