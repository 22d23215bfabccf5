import {Workflows} from "attio"

export default Workflows.defineWorkflowBlock({
  type: "trigger",
  id: "ticket-opened",
  title: "Ticket opened",
  description: "Starts when somebody opens a ticket",
  configSchema: Workflows.ConfigSchema.struct({queue: Workflows.ConfigSchema.string().optional()}),
})
