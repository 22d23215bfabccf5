// A step: opens a ticket and waits for its answer. A queue asks for fields of its own, so they are rows.
import {Workflows} from "attio"

export default Workflows.defineWorkflowBlock({
  type: "step",
  id: "ask-desk",
  title: "Ask the desk",
  description: "Opens a ticket and waits for its answer",
  configSchema: Workflows.ConfigSchema.struct({
    queue: Workflows.ConfigSchema.string(),
    email: Workflows.ConfigSchema.emailAddress(),
    subject: Workflows.ConfigSchema.string(),
    due: Workflows.ConfigSchema.date().optional(),
    copies: Workflows.ConfigSchema.array(Workflows.ConfigSchema.emailAddress()).optional(),
    fields: Workflows.ConfigSchema.array(
      Workflows.ConfigSchema.struct({
        name: Workflows.ConfigSchema.string(),
        value: Workflows.ConfigSchema.string(),
      }),
    ),
  }),
})
