// A step: has ALC check a lead. ALC needs minutes for that, so the step is deferred: the run waits,
// and goes on when ALC calls back.
import {Workflows} from "attio"

export default Workflows.defineWorkflowBlock({
  type: "step",
  id: "check-lead",
  title: "Check lead",
  description: "Has Acme Lead Checker chat with a lead and waits for the result",
  configSchema: Workflows.ConfigSchema.struct({
    name: Workflows.ConfigSchema.string(),
    phone_number: Workflows.ConfigSchema.phoneNumber(),
    question: Workflows.ConfigSchema.string().optional(),
  }),
})
