import {Extensions} from "attio/client"

export default Extensions.defineExtension({
  type: "record-action",
  id: "fails",
  label: "Fail",
  objects: "people",
  onTrigger: async () => {
    throw new Error("the tracker is closed")
  },
})
