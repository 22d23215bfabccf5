import {Extensions, showToast} from "attio/client"

export default Extensions.defineExtension({
  type: "record-action",
  id: "say-hello",
  label: "Say hello",
  onTrigger: async ({recordId, object}) => {
    await showToast({
      title: "Hello from {{title}}",
      text: `This is record ${recordId} of ${object}.`,
      variant: "success",
    })
  },
})
