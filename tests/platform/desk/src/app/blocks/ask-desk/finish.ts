import {kv, Workflows} from "attio/server"
import block from "./block"

export default Workflows.defineWorkflowBlockFinish(block, async (request, {metadata}) => {
  const key = `run:${metadata.uniqueExecutionId}`
  const ticket = await kv.get(key)
  const answer = await request.json().catch(() => null)
  if (answer?.ticket !== ticket?.value) return {type: "no-op"}
  await kv.delete(key)
  if (answer.dropped) return {type: "outcome", id: "dropped", data: null}
  const by = Workflows.OutcomeValue.emailAddress(String(answer.by)) ?? undefined
  return {type: "outcome", id: "answered", data: {ticket: answer.ticket, by, at: new Date(answer.at)}}
})
