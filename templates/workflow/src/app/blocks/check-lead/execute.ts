// Runs when a workflow reaches the step.
import {Workflows} from "attio/server"
import {alcFetch} from "../../../shared/alc-api"
import block from "./block"

export default Workflows.defineWorkflowBlockExecute(block, async ({config, metadata}) => {
  const response = await alcFetch("POST", "leads", {
    name: config.name,
    phoneNumber: config.phone_number.normalized,
    ...(config.question ? {question: config.question} : {}),
    // The same id if Attio tries again, so that ALC takes the lead once.
    idempotency_key: metadata.uniqueExecutionId,
    // finish.ts runs when ALC calls this.
    callback_url: metadata.finishCallbackUrl,
  })

  if (!response.ok) {
    // Worth another try: ALC is busy, or has an outage.
    const retryable = response.status === 429 || response.status >= 500
    return {type: "error", errorMessage: `ALC answered ${response.status} to a lead`, retryable}
  }
  return {type: "defer"}
})
