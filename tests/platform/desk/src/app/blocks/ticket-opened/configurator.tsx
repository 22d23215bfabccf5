import {Workflows} from "attio/client"
import block from "./block"

export default Workflows.defineConfigurator(block, (workflowBlock) => {
  const {TextInput, Outcome} = Workflows.useConfigurator(workflowBlock)
  return (
    <>
      <TextInput name="queue" label="Queue" />
      <Outcome id="opened" schema={Workflows.OutcomeSchema.struct({ticket: Workflows.OutcomeSchema.string()})} />
    </>
  )
})
