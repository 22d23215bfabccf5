// Actions of the app as buttons, with the command of the one that is at hand: under the pointer, or with the focus.
import {useState} from "preact/hooks"
import {Button} from "../ui/Button.jsx"
import {Command} from "../ui/Command.jsx"

// items: [{id, label, command, run, reason?, variant?}]; `before` and `children` stand beside the buttons.
export function Offered({label, items, small, before, children}) {
  const [at, setAt] = useState(null)
  const usable = items.filter(({reason}) => !reason)
  const looked = items.find(({id}) => id === at) ?? usable[0]
  return (
    <div class="w-offers">
      <div class="w-actions" role="group" aria-label={label}>
        {before}
        {items.map(({id, label: text, command, run, reason, variant}) => (
          <Button key={id} small={small} variant={variant} reason={reason} title={command} onClick={run} onPointerEnter={() => setAt(id)} onFocus={() => setAt(id)}>{text}</Button>
        ))}
        {children}
      </div>
      {looked && (looked.reason ? <p class="u-muted">{looked.label}: {looked.reason}</p> : <Command text={looked.command} />)}
      {looked?.doubt && <p class="u-muted">{looked.label}: {looked.doubt}</p>}
    </div>
  )
}
