// Runs when ALC calls back about the lead: the run goes on with an outcome, or waits on.
import {Workflows} from "attio/server"
import {readReport} from "../../../shared/lead-report"
import block from "./block"

export default Workflows.defineWorkflowBlockFinish(block, async (request) => {
  const report = await readReport(request)
  if (!report) return {type: "no-op"}

  switch (report.status) {
    case "interested":
    case "not-interested":
      return {
        type: "outcome",
        id: report.status,
        data: {
          lead_id: report.leadId,
          score: report.score,
          summary: report.summary,
          checked_at: new Date(),
        },
      }
    case "unreachable":
      return {type: "error", errorMessage: "ALC could not reach the lead"}
    default:
      return {type: "no-op"} // still chatting
  }
})
