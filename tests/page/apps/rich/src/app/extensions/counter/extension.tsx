import {Extensions, Widget} from "attio/client"
import {useState} from "react"

function Counter() {
  const [count, setCount] = useState(0)
  return (
    <Widget.TextWidget onTrigger={async () => setCount((now) => now + 1)}>
      <Widget.Title>Counter</Widget.Title>
      <Widget.Text.Primary>{`count ${count}`}</Widget.Text.Primary>
      <Widget.Text.Secondary>first words</Widget.Text.Secondary>
    </Widget.TextWidget>
  )
}

export default Extensions.defineExtension({type: "record-widget", id: "counter", label: "Counter", color: "#0f766e", objects: ["people"], Widget: Counter})
