// What the user sees of the block in the workflow editor: its inputs, and the outcomes, each a branch
// that the workflow can take.
import {Workflows} from "attio/client"
import block from "./block"

const result = Workflows.OutcomeSchema.struct({
  lead_id: Workflows.OutcomeSchema.string(),
  score: Workflows.OutcomeSchema.number(),
  summary: Workflows.OutcomeSchema.string(),
  checked_at: Workflows.OutcomeSchema.timestamp(),
})

export default Workflows.defineConfigurator(block, (block) => {
  const {TextInput, PhoneNumberInput, Outcome} = Workflows.useConfigurator(block)

  return (
    <>
      <TextInput name="name" label="Name" />
      <PhoneNumberInput name="phone_number" label="Phone number" />
      <TextInput
        name="question"
        label="Question"
        placeholder="Are you looking for a new supplier?"
        help="What ALC asks first; its usual question if you leave this empty"
      />
      <Outcome id="interested" label="Interested" schema={result} />
      <Outcome id="not-interested" label="Not interested" schema={result} />
    </>
  )
})
