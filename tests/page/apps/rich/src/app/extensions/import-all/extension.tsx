import {Extensions, showToast} from "attio/client"

export default Extensions.defineExtension({
  type: "object-action",
  id: "import-all",
  label: "Import people",
  objects: "people",
  onTrigger: async () => {
    await showToast({title: "Imported none", variant: "warning"})
  },
})
