import {Extensions} from "attio/client"

export default Extensions.defineExtension({
  type: "record-action",
  id: "loop",
  label: "Loop",
  objects: "people",
  onTrigger: async () => {
    for (;;);
  },
})
