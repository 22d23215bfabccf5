import {kv, Workflows} from "attio/server"
import {desk} from "../../../desk/api"
import block from "./block"

export default Workflows.defineWorkflowBlockDeactivate(block, async ({metadata}) => {
  const key = `trigger:${metadata.uniqueActivationId}`
  const hook = await kv.get(key)
  if (hook) await desk()("DELETE", `/hooks/${hook.value}`)
  await kv.delete(key)
  return {type: "complete"}
})
