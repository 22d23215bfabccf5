// Ends with whatever another action does to the realm, and is shown again on request.
import {Extensions, Widget} from "attio/client"
import {all} from "../words"

export default Extensions.defineExtension({
  type: "record-widget",
  id: "bystander",
  label: "Bystander",
  color: "red; background: url(https://elsewhere.invalid/)" as never,
  objects: ["people"],
  Widget: () => (
    <Widget.TextWidget>
      <Widget.Title>Bystander</Widget.Title>
      <Widget.Text.Primary>{all}</Widget.Text.Primary>
    </Widget.TextWidget>
  ),
})
