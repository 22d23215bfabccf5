import {Workflows} from "attio/server"
import block from "./block"

export default Workflows.defineWorkflowBlockTrigger(block, async (request, {config}) => {
  const {event, ticket} = await request.json()
  if (event !== "ticket.opened" || (config.queue && ticket.queue !== config.queue)) return {type: "no-op"}
  return {type: "outcome", id: "opened", data: {ticket: ticket.id}}
})
