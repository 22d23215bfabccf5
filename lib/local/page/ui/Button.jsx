// A button, or a link that looks like one when it has an `href`. `reason`: why it does nothing now; it is still
// reached by the keyboard, so that the reason can be read.
export function Button({variant = "plain", small, reason, href, busy, children, ...rest}) {
  const classes = `u-button u-${variant}${small ? " u-small" : ""}`
  if (href !== undefined) return <a class={classes} href={href} {...rest}>{children}</a>
  const off = reason !== undefined && reason !== "" && reason !== null
  return (
    <button type="button" class={classes} {...rest} aria-disabled={off || undefined} aria-busy={busy || undefined}
      title={off ? reason : rest.title} onClick={off || busy ? undefined : rest.onClick}>
      {children}
    </button>
  )
}
