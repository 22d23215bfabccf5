import {kv, Workflows} from "attio/server"
import {desk, DeskError, type Ticket} from "../../../desk/api"
import block from "./block"

export default Workflows.defineWorkflowBlockExecute(block, async ({config, metadata}) => {
  try {
    const ticket: Ticket = await desk()("POST", "/tickets", {
      queue: config.queue,
      email: config.email.normalized,
      subject: config.subject,
      due: config.due?.value,
      copies: config.copies?.map((one) => one.normalized),
      fields: Object.fromEntries(config.fields.map(({name, value}) => [name, value])),
      callback: metadata.finishCallbackUrl,
      key: metadata.uniqueExecutionId,
    })
    await kv.set(`run:${metadata.uniqueExecutionId}`, ticket.id)
    return {type: "defer"}
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return {type: "error", errorMessage: error.message, retryable: error.status >= 500}
  }
})
