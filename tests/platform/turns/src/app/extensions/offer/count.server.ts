import {kv} from "attio/server"

export default async function count(recordId: string): Promise<number> {
  const key = `offers:${recordId}`
  const before = ((await kv.get(key))?.value as number | undefined) ?? 0
  await kv.set(key, before + 1, {ttlInSeconds: 3600})
  return before + 1
}
