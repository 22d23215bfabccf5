-- about two folders, one id
-- app standard
-- file src/app/blocks/a/block.ts
import {Workflows} from "attio"

export default Workflows.defineWorkflowBlock({
    type: "step",
    id: "same",
    title: "T",
    description: "D",
    configSchema: Workflows.ConfigSchema.struct({name: Workflows.ConfigSchema.string()}),
})
-- file src/app/blocks/a/configurator.tsx
import {Workflows} from "attio/client"
import block from "./block"

export default Workflows.defineConfigurator(block, (b) => {
    const {TextInput} = Workflows.useConfigurator(b.configSchema)
    return <TextInput name="name" label="Name" />
})
-- file src/app/blocks/a/execute.ts
import {Workflows} from "attio/server"
import block from "./block"

export default Workflows.defineWorkflowBlockExecute(block, async ({config}) => {
    console.log(config.name)
    return {type: "exit"}
})
-- file src/app/blocks/b/block.ts
import {Workflows} from "attio"

export default Workflows.defineWorkflowBlock({
    type: "step",
    id: "same",
    title: "T",
    description: "D",
    configSchema: Workflows.ConfigSchema.struct({name: Workflows.ConfigSchema.string()}),
})
-- file src/app/blocks/b/configurator.tsx
import {Workflows} from "attio/client"
import block from "./block"

export default Workflows.defineConfigurator(block, (b) => {
    const {TextInput} = Workflows.useConfigurator(b.configSchema)
    return <TextInput name="name" label="Name" />
})
-- file src/app/blocks/b/execute.ts
import {Workflows} from "attio/server"
import block from "./block"

export default Workflows.defineWorkflowBlockExecute(block, async ({config}) => {
    console.log(config.name)
    return {type: "exit"}
})
-- official refuses
files .attio/env.d.ts
