import {Extensions, showToast} from "attio/client"

export default Extensions.defineExtension({
  type: "call-recording-transcript-text-action",
  id: "transcript",
  label: "Quote the transcript",
  onTrigger: async (given) => {
    await showToast({title: "transcript", text: JSON.stringify(given).slice(0, 300), variant: "neutral"})
  },
})
