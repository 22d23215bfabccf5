// Runs when a workflow with this trigger is switched on: tells ALC which address to call.
import {kv, Workflows} from "attio/server"
import {alcFetch} from "../../../shared/alc-api"
import block from "./block"

export default Workflows.defineWorkflowBlockActivate(block, async ({metadata}) => {
  const response = await alcFetch("POST", "webhooks", {
    // The same id if Attio tries again, so that ALC can know the second from the first.
    name: metadata.uniqueActivationId,
    url: metadata.triggerCallbackUrl,
    event: "lead.processed",
  })
  if (!response.ok) {
    return {type: "error", errorMessage: `ALC answered ${response.status} to a new webhook`}
  }

  // ALC's own id of the webhook is needed again to remove it.
  const webhook: {webhook_id: string} = await response.json()
  await kv.set(`webhook:${metadata.uniqueActivationId}`, webhook.webhook_id)
  return {type: "complete"}
})
