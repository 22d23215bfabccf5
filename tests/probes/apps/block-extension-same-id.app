-- about a block and an extension with the same id: accepted
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
-- file src/app/extensions/a/extension.ts
import {Extensions} from "attio/client"

export default Extensions.defineExtension({
    id: "same",
    type: "record-action",
    label: "Label of same",
    onTrigger: async () => {},
})
-- official builds
files .attio/env.d.ts dist/index.js dist/server.js dist/workflow/same.js
index.js {"surfaces":{"record-action":[{"id":"same","label":"Label of same","onTrigger":"[async function]","type":"record-action"}],"workflow-block":[{"block":{"Configurator":"[function]","configSchema":"[function]","description":"D","execute":"[async function]","id":"same","schema":"<schema of same>","title":"T","type":"step"},"id":"same","type":"step"}]}}
server.js {}
workflow/same.js {"workflow":{"same":{"schema":"<schema of same>","execute":"[async function]"}}}
