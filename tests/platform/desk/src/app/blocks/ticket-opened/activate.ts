import {kv, Workflows} from "attio/server"
import {desk, DeskError} from "../../../desk/api"
import block from "./block"

export default Workflows.defineWorkflowBlockActivate(block, async ({config, metadata}) => {
  try {
    const hook: {id: string} = await desk()("POST", "/hooks", {
      url: metadata.triggerCallbackUrl,
      events: ["ticket.opened"],
      queue: config.queue,
    })
    await kv.set(`trigger:${metadata.uniqueActivationId}`, hook.id)
    return {type: "complete"}
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return {type: "error", errorMessage: error.message}
  }
})
