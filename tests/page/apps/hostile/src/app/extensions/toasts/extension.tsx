import {Extensions, showToast} from "attio/client"

export default Extensions.defineExtension({
  type: "record-action",
  id: "toasts",
  label: "Toasts",
  objects: "people",
  onTrigger: async () => {
    for (let at = 0; at < 1_000_000; at++) {
      showToast({title: `toast ${at}`, variant: "neutral", durationMs: Infinity}).catch(() => {})
      if (at % 1000 === 0) await null
    }
  },
})
