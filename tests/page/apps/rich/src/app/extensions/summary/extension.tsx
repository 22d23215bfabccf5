import {Extensions, showToast} from "attio/client"

export default Extensions.defineExtension({
  type: "call-recording-summary-text-action",
  id: "summary",
  label: "Quote the summary",
  onTrigger: async (given) => {
    await showToast({title: "summary", text: JSON.stringify(given).slice(0, 300), variant: "neutral"})
  },
})
