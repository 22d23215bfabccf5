// A trigger: starts a run of the workflow whenever ALC has processed a lead.
import {Workflows} from "attio"

export default Workflows.defineWorkflowBlock({
  type: "trigger",
  id: "lead-processed",
  title: "Lead processed",
  description: "Starts when Acme Lead Checker has processed a lead",
  configSchema: Workflows.ConfigSchema.struct({
    status: Workflows.ConfigSchema.stringEnum(["any", "interested", "not-interested"]),
  }),
})
