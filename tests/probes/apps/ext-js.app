-- about extension.js/.jsx: silently ignored
-- app standard
-- file src/app/extensions/a/extension.js
import {Extensions} from "attio/client"
export default Extensions.defineExtension({id: "a", type: "record-action", label: "A", onTrigger: async () => {}})
-- file src/app/extensions/b/extension.jsx
import {Extensions} from "attio/client"
export default Extensions.defineExtension({id: "b", type: "record-action", label: "A", onTrigger: async () => {}})
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {}
server.js {}
