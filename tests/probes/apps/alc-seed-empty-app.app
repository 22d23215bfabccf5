-- about the seed's empty app.ts
-- app standard
-- file src/app.ts
import type {App} from "attio"

export const app: App = {
  record: {
    actions: [],
    bulkActions: [],
    widgets: [],
  },
  callRecording: {
    insight: {
      textActions: [],
    },
    summary: {
      textActions: [],
    },
    transcript: {
      textActions: [],
    },
  },
}
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js
index.js {}
server.js {}
