import {Extensions, showToast} from "attio/client"

export default Extensions.defineExtension({
  type: "call-recording-insight-text-action",
  id: "insight",
  label: "Quote the insight",
  onTrigger: async (given) => {
    await showToast({title: "insight", text: JSON.stringify(given).slice(0, 300), variant: "neutral"})
  },
})
