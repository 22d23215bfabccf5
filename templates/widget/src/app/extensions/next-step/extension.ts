import {Extensions} from "attio/client"
import {NextStepWidget} from "./widget"

export default Extensions.defineExtension({
  type: "record-widget",
  id: "next-step",
  label: "Next step",
  color: "#3b82f6",
  objects: ["people", "companies", "deals"],
  Widget: NextStepWidget,
})
