// Runs when the workflow is switched off or changed: undoes what activate did.
import {kv, Workflows} from "attio/server"
import {alcFetch} from "../../../shared/alc-api"
import block from "./block"

export default Workflows.defineWorkflowBlockDeactivate(block, async ({metadata}) => {
  const key = `webhook:${metadata.uniqueActivationId}`
  const webhook = await kv.get(key)
  if (!webhook) return {type: "complete"}

  const response = await alcFetch("DELETE", `webhooks/${encodeURIComponent(String(webhook.value))}`)
  // 404: it is gone already, which is what we want.
  if (!response.ok && response.status !== 404) {
    return {type: "error", errorMessage: `ALC answered ${response.status} to a webhook's removal`}
  }

  await kv.delete(key)
  return {type: "complete"}
})
