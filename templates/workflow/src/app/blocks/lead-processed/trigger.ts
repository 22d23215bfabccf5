// Runs when ALC calls the address. An outcome starts a run of the workflow, a no-op starts none.
import {Workflows} from "attio/server"
import {readReport} from "../../../shared/lead-report"
import block from "./block"

export default Workflows.defineWorkflowBlockTrigger(block, async (request, {config}) => {
  const report = await readReport(request)
  if (!report) return {type: "no-op"}
  if (config.status !== "any" && config.status !== report.status) return {type: "no-op"}

  return {
    type: "outcome",
    id: "processed",
    data: {lead_id: report.leadId, status: report.status, score: report.score},
  }
})
