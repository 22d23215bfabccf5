// Keeps the next step of a record; null clears it.
import {kv} from "attio/server"
import {type NextStep, storeKey} from "./next-step"

const oneYear = 365 * 24 * 60 * 60

export default async function saveNextStep(
  recordId: string,
  step: NextStep | null,
): Promise<void> {
  if (step) await kv.set(storeKey(recordId), step, {ttlInSeconds: oneYear})
  else await kv.delete(storeKey(recordId))
}
