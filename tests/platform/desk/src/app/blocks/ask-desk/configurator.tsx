import {Banner, useAsyncCache, Workflows} from "attio/client"
import queues from "../../extensions/open-ticket/queues.server"
import block from "./block"

// The rows: each names one of the queue's fields.
function Fields({queue}: {queue: string}) {
  const {CollectionInput, ComboboxInput, TextInput, watch} = Workflows.useConfigurator(block)
  const key = `queue-${queue}`
  const {values} = useAsyncCache({[key]: [queues, ""]})
  const known = values[key].find(({id}) => id === queue)
  if (!known) return <Banner variant="error">The desk has no such queue.</Banner>
  return (
    <CollectionInput name="fields" label="Fields" addItemLabel="Add field">
      {(item) => {
        const name = watch(`${item}.name`)
        const text = name?.type === "static" ? name.value : ""
        return (
          <>
            <ComboboxInput
              name={`${item}.name`}
              label="Field"
              disableVariables
              options={known.fields.map((field) => ({value: field, label: field}))}
            />
            <TextInput name={`${item}.value`} label={text || "Value"} />
          </>
        )
      }}
    </CollectionInput>
  )
}

export default Workflows.defineConfigurator(block, (workflowBlock) => {
  const {ComboboxInput, DateInput, EmailAddressInput, TextInput, Outcome, watch} = Workflows.useConfigurator(
    workflowBlock,
    {subject: "A question", copies: [], fields: []},
  )
  const {
    values: {all},
  } = useAsyncCache({all: [queues, ""]})
  const queue = watch("queue")
  const chosen = queue?.type === "static" && queue.value !== "" ? queue.value : undefined
  return (
    <>
      <ComboboxInput
        name="queue"
        label="Queue"
        disableVariables
        options={all.map(({id, name}) => ({value: id, label: name}))}
      />
      <EmailAddressInput name="email" label="Who asks" />
      <TextInput name="subject" label="Subject" />
      <DateInput name="due" label="Due" />
      <EmailAddressInput name="copies" label="Copies" multi />
      {chosen === undefined ? null : <Fields key={chosen} queue={chosen} />}
      <Outcome
        id="answered"
        label="Answered"
        schema={Workflows.OutcomeSchema.struct({
          ticket: Workflows.OutcomeSchema.string().title("Ticket"),
          by: Workflows.OutcomeSchema.emailAddress().optional(),
          at: Workflows.OutcomeSchema.timestamp(),
        })}
      />
      <Outcome id="dropped" label="Dropped" schema={null} />
    </>
  )
})
