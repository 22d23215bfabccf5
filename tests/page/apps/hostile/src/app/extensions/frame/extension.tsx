import {Extensions, showIframe} from "attio/client"
import keep from "./keep.server"
import elsewhere from "./elsewhere.server"
import {page} from "./page"

export default Extensions.defineExtension({
  type: "record-action",
  id: "frame",
  label: "Frame",
  objects: "people",
  onTrigger: async () => {
    const address = await elsewhere()
    let heard = 0
    await showIframe({
      title: "Framed",
      width: "400px",
      height: "300px",
      html: page(address),
      initialData: {secret: "of the app"},
      onMessage: async (message: unknown) => {
        heard++
        if (typeof message === "object" && message !== null && ("done" in message || "api" in message)) await keep("done" in message ? "done" : "found", message, heard)
      },
    } as never)
    await showIframe({title: "Elsewhere", width: "400px", height: "300px", url: `${address}/framed`, onMessage: async (message: unknown) => keep("elsewhere", message, 1)} as never)
  },
})
