// A labelled input with its error. `as`: input (default), textarea, select (children are the options). `inputRef` gets the
// input's element.
import {useId} from "preact/hooks"

export function Field({label, as: Tag = "input", error, hint, hideLabel, inputRef, children, ...rest}) {
  const name = useId()
  const told = error || hint
  return (
    <div class={`u-field${rest.type === "checkbox" ? " u-check" : ""}`}>
      <label for={name} class={hideLabel ? "u-hidden" : ""}>{label}</label>
      <Tag id={name} ref={inputRef} aria-invalid={error ? true : undefined} aria-describedby={told ? `${name}-told` : undefined} {...rest}>{children}</Tag>
      {told && <p id={`${name}-told`} class={error ? "u-error" : "u-hint"} role={error ? "alert" : undefined}>{error || hint}</p>}
    </div>
  )
}
