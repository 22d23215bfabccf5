-- about syntax error in block.ts without TypeScript
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

export default Workflows.defineWorkflowBlock({
    type: "step",
    id: "my-block",
    title: "T",
    description: "D",
    configSchema: Workflows.ConfigSchema.struct({name: Workflows.ConfigSchema.string()}),
})
const x =
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
-- official refuses
files .attio/env.d.ts
