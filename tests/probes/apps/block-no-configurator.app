-- about no configurator: accepted
-- app standard
-- file src/app/blocks/my-block/block.ts
import {Workflows} from "attio"

export default Workflows.defineWorkflowBlock({
    type: "step",
    id: "my-block",
    title: "T",
    description: "D",
    configSchema: Workflows.ConfigSchema.struct({name: Workflows.ConfigSchema.string()}),
})
-- file src/app/blocks/my-block/execute.ts
import {Workflows} from "attio/server"
import block from "./block"

export default Workflows.defineWorkflowBlockExecute(block, async ({config}) => {
    console.log(config.name)
    return {type: "exit"}
})
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js dist/workflow/my-block.js
index.js {"surfaces":{"workflow-block":[{"block":{"Configurator":"[function]","configSchema":"[function]","description":"D","execute":"[async function]","id":"my-block","schema":"<schema of my-block>","title":"T","type":"step"},"id":"my-block","type":"step"}]}}
server.js {}
workflow/my-block.js {"workflow":{"my-block":{"schema":"<schema of my-block>","execute":"[async function]"}}}
