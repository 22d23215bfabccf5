-- about legacy handler file names: warnings
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
-- file src/app/blocks/my-block/on-resume-callback.ts
import {Workflows} from "attio/server"
import block from "./block"

export default Workflows.defineWorkflowBlockFinish(block, async (req) => {
    console.log(req.url)
    return {type: "no-op"}
})
-- file src/app/blocks/my-trigger/activate.ts
import {Workflows} from "attio/server"
import block from "./block"

export default Workflows.defineWorkflowBlockActivate(block, async () => ({type: "complete"}))
-- file src/app/blocks/my-trigger/block.ts
import {Workflows} from "attio"

export default Workflows.defineWorkflowBlock({
    type: "trigger",
    id: "my-trigger",
    title: "T",
    description: "D",
    configSchema: Workflows.ConfigSchema.struct({name: Workflows.ConfigSchema.string()}),
})
-- file src/app/blocks/my-trigger/configurator.tsx
import {Workflows} from "attio/client"
import block from "./block"

export default Workflows.defineConfigurator(block, (b) => {
    const {TextInput} = Workflows.useConfigurator(b.configSchema)
    return <TextInput name="name" label="Name" />
})
-- file src/app/blocks/my-trigger/deactivate.ts
import {Workflows} from "attio/server"
import block from "./block"

export default Workflows.defineWorkflowBlockDeactivate(block, async () => ({type: "complete"}))
-- file src/app/blocks/my-trigger/on-trigger-callback.ts
import {Workflows} from "attio/server"
import block from "./block"

export default Workflows.defineWorkflowBlockTrigger(block, async () => ({type: "no-op"}))
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js dist/workflow/my-block.js dist/workflow/my-trigger.js
index.js {"surfaces":{"workflow-block":[{"block":{"Configurator":"[function]","configSchema":"[function]","description":"D","execute":"[async function]","id":"my-block","schema":"<schema of my-block>","title":"T","type":"step"},"id":"my-block","type":"step"},{"block":{"Configurator":"[function]","activate":"[async function]","configSchema":"[function]","deactivate":"[async function]","description":"D","id":"my-trigger","schema":"<schema of my-trigger>","title":"T","triggerCallback":"[async function]","type":"trigger"},"id":"my-trigger","type":"trigger"}]}}
server.js {}
workflow/my-block.js {"workflow":{"my-block":{"schema":"<schema of my-block>","execute":"[async function]","deferCallback":"[async function]"}}}
workflow/my-trigger.js {"workflow":{"my-trigger":{"schema":"<schema of my-trigger>","activate":"[async function]","triggerCallback":"[async function]","deactivate":"[async function]"}}}
