// Asked when the platform could not tell that the browser is the developer's own.
import {useState} from "preact/hooks"
import {setKey} from "../base/api.js"
import {Button} from "../ui/Button.jsx"
import {Field} from "../ui/Field.jsx"

export function KeyQuestion() {
  const [value, setValue] = useState("")
  const use = (event) => {
    event.preventDefault()
    setKey(value)
    location.reload()
  }
  return (
    <main class="p-key">
      <h1>attio dev</h1>
      <p>This page needs the key of the run: <code>secret</code> in <code>.attio/local/run.json</code>.</p>
      <form onSubmit={use}>
        <Field label="Key" type="password" autocomplete="off" value={value} onInput={(event) => setValue(event.currentTarget.value)} />
        <Button variant="primary" onClick={use}>Open</Button>
      </form>
    </main>
  )
}
