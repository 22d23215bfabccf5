import {Extensions, showToast, useAsyncCache, Widget} from "attio/client"
import count from "../offer/count.server"

function Board({recordId}: {recordId: string}) {
  const {values} = useAsyncCache({times: [count, recordId]})
  return (
    <Widget.TextWidget onTrigger={async () => {await showToast({title: "Counted", variant: "neutral"})}}>
      <Widget.Title>Offers</Widget.Title>
      <Widget.Text.Primary>{`${values.times} so far`}</Widget.Text.Primary>
    </Widget.TextWidget>
  )
}

export default Extensions.defineExtension({
  type: "record-widget",
  id: "board",
  label: "Offers",
  color: "#3b82f6",
  objects: ["people"],
  Widget: Board,
})
