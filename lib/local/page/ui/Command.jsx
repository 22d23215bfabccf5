// The command that does the same; a click copies it.
import {useState} from "preact/hooks"

export function Command({text, label = "Copy the command"}) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      setTimeout(() => setCopied(false), 1200)
    } catch {
      setCopied(false)
    }
  }
  return (
    <button type="button" class="u-command" title={label} onClick={copy}>
      <code>{text}</code><span aria-live="polite">{copied ? "copied" : "copy"}</span>
    </button>
  )
}
