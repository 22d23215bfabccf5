-- about two defineWorkflowBlock calls in block.ts: the last one visited wins
-- app standard
-- file src/app/blocks/my-block/block.ts
import {Workflows} from "attio"

export const other = Workflows.defineWorkflowBlock({
    type: "step",
    id: "first",
    title: "T",
    description: "D",
    configSchema: Workflows.ConfigSchema.struct({name: Workflows.ConfigSchema.string()}),
})
export default Workflows.defineWorkflowBlock({
    type: "step",
    id: "second",
    title: "T",
    description: "D",
    configSchema: Workflows.ConfigSchema.struct({name: Workflows.ConfigSchema.string()}),
})
-- file src/app/blocks/my-block/configurator.tsx
import {Workflows} from "attio/client"
import block from "./block"

export default Workflows.defineConfigurator(block, (b) => {
    const {TextInput} = Workflows.useConfigurator(b.configSchema)
    return <TextInput name="name" label="Name" />
})
-- file src/app/blocks/my-block/execute.ts
import {Workflows} from "attio/server"
import block from "./block"

export default Workflows.defineWorkflowBlockExecute(block, async ({config}) => {
    console.log(config.name)
    return {type: "exit"}
})
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js dist/workflow/second.js
index.js {"surfaces":{"workflow-block":[{"block":{"Configurator":"[function]","configSchema":"[function]","description":"D","execute":"[async function]","id":"second","schema":"<schema of second>","title":"T","type":"step"},"id":"second","type":"step"}]}}
server.js {}
workflow/second.js {"workflow":{"second":{"schema":"<schema of second>","execute":"[async function]"}}}
