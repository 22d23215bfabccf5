// Lines of the page's own: what it just did, and what went wrong with it.
import {href} from "../base/route.js"
import {dismiss, notices} from "../base/store.js"
import {Icon} from "../ui/Icon.jsx"

export const Notices = () => (
  <div class="p-notices" role="status">
    {notices.value.map(({id, text, variant, flow}) => (
      <div key={id} class={`p-notice p-notice-${variant}`}>
        <span>{text}</span>
        {flow !== undefined && <a href={href(["flows", String(flow)])}>flow {flow}</a>}
        <button type="button" class="p-notice-close" aria-label="Dismiss" onClick={() => dismiss(id)}><Icon name="close" /></button>
      </div>
    ))}
  </div>
)
