-- about errors in the shared server bundle and in a block bundle
-- file package.json
{
  "name": "probe",
  "description": "Probe",
  "private": true,
  "version": "0.0.1",
  "scripts": {
    "build": "attio build"
  },
  "dependencies": {
    "attio": "1.0.4",
    "react": "19.2.4"
  }
}
-- file src/app/blocks/my-block/block.ts
import {Workflows} from "attio"
export default Workflows.defineWorkflowBlock({type: "step", id: "my-block", title: "T", description: "D", configSchema: Workflows.ConfigSchema.struct({})})
-- file src/app/blocks/my-block/execute.ts
import "node:fs"
export default 1
-- file src/y.server.ts
import "node:os"
export default async function f() {}
-- official refuses
files .attio/env.d.ts dist/index.js
index.js {"surfaces":{"workflow-block":[{"block":{"Configurator":"[function]","configSchema":"[function]","description":"D","execute":"[async function]","id":"my-block","schema":"<schema of my-block>","title":"T","type":"step"},"id":"my-block","type":"step"}]}}
