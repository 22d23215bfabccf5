// What the user sees of the block in the workflow editor: its inputs, and the outcomes that later
// blocks can use.
import {Workflows} from "attio/client"
import block from "./block"

const statuses = [
  {value: "any", label: "Any"},
  {value: "interested", label: "Interested"},
  {value: "not-interested", label: "Not interested"},
]

export default Workflows.defineConfigurator(block, (block) => {
  const {ComboboxInput, Outcome} = Workflows.useConfigurator(block, {status: "any"})

  return (
    <>
      <ComboboxInput name="status" label="Status" options={statuses} disableSearch />
      <Outcome
        id="processed"
        label="Lead processed"
        schema={Workflows.OutcomeSchema.struct({
          lead_id: Workflows.OutcomeSchema.string(),
          status: Workflows.OutcomeSchema.string(),
          score: Workflows.OutcomeSchema.number(),
        })}
      />
    </>
  )
})
