import {Button, Extensions, showToast, Typography} from "attio/client"

function Welcome() {
  return (
    <>
      <Typography.Body>A page of the app itself.</Typography.Body>
      <Button label="Greet" onClick={async () => { await showToast({title: "Hello from the page", variant: "neutral"}) }} />
    </>
  )
}

export default Extensions.experimental_definePage({name: "Welcome", Page: Welcome})
