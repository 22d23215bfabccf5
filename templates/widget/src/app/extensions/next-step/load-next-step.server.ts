// Server functions: the client imports them like any module, but they run on Attio's server, so
// arguments, results and errors travel as JSON.
import {kv} from "attio/server"
import {type NextStep, storeKey} from "./next-step"

export default async function loadNextStep(recordId: string): Promise<NextStep | null> {
  const stored = await kv.get(storeKey(recordId))
  return stored ? (stored.value as NextStep) : null
}
