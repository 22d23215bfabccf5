// Sends every odd value to the server and has every odd value made there.
import {Extensions, showToast} from "attio/client"
import describe from "./describe.server"
import make from "./make.server"
import {odd, tell} from "./values"

async function attempt(run: () => Promise<string>) {
  try {
    return await run()
  } catch (error) {
    return `throws ${(error as Error).name}`
  }
}

export default Extensions.defineExtension({
  type: "record-action",
  id: "cross",
  label: "Cross",
  onTrigger: async () => {
    const seen: Record<string, unknown> = {}
    for (const kind of Object.keys(odd)) {
      const up = await attempt(async () => (await describe(odd[kind]!(), "last")).join(" then "))
      const down = await attempt(async () => tell(await make(kind)))
      seen[kind] = {up, down}
    }
    await showToast({title: "crossed", variant: "success", text: JSON.stringify(seen)})
  },
})
