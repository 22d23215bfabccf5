-- about trigger without trigger.ts
-- app standard
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
-- official refuses
files .attio/env.d.ts
