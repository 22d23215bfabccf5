// Tabs by the pattern of the web: arrows move, the panel belongs to its tab. tabs: [{id, title, count?}].
import {useId, useRef} from "preact/hooks"

export function Tabs({label, tabs, current, onChange, children}) {
  const name = useId()
  const list = useRef(null)
  const at = Math.max(0, tabs.findIndex(({id}) => id === current))
  const onKeyDown = (event) => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = (at + step + tabs.length) % tabs.length
    onChange(tabs[next].id)
    list.current.children[next].focus()
  }
  return (
    <div class="u-tabs">
      <div role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {tabs.map(({id, title, count}, index) => (
          <button key={id} type="button" role="tab" id={`${name}-${index}`} aria-selected={index === at} aria-controls={`${name}-panel`}
            tabIndex={index === at ? 0 : -1} onClick={() => onChange(id)}>
            {title}{count !== undefined && <span class="u-count">{count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${name}-panel`} aria-labelledby={`${name}-${at}`} tabIndex={0}>{children}</div>
    </div>
  )
}
