import {Extensions, showDialog} from "attio/client"
import {IssueForm} from "./form"

export default Extensions.defineExtension({
  type: "record-action",
  id: "log-issue",
  label: "Log an issue",
  objects: "people",
  onTrigger: async () => {
    await showDialog({title: "Log an issue", Dialog: ({hideDialog}) => <IssueForm hideDialog={hideDialog} />})
  },
})
