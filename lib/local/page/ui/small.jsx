// Small things that many places show.
export const Badge = ({tone = "grey", children}) => <span class={`u-badge u-tone-${tone}`}>{children}</span>

// `whole`: there is nothing else on the page, whose heading it is.
export const Empty = ({title, whole, children}) => <div class="u-empty">{whole ? <h1 class="u-empty-title">{title}</h1> : <p class="u-empty-title">{title}</p>}{children && <div>{children}</div>}</div>

// What a request was refused with: cause and remedy.
export function Failure({error}) {
  if (!error) return null
  return (
    <div class="u-failure" role="alert">
      <p>{error.message}</p>
      {error.why && <p class="u-muted">{error.why}</p>}
      {error.fix && <p class="u-muted">{error.fix}</p>}
    </div>
  )
}

const parts = [["year", 31536e6], ["month", 2592e6], ["day", 864e5], ["hour", 36e5], ["minute", 6e4], ["second", 1e3]]
const relative = new Intl.RelativeTimeFormat(undefined, {numeric: "auto", style: "narrow"})
const exact = new Intl.DateTimeFormat(undefined, {dateStyle: "medium", timeStyle: "medium"})

// A moment: how long ago, exactly as its title. `now` is the platform's clock, which may have been moved.
export function Time({at, now = Date.now(), absolute}) {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return <span>{String(at ?? "")}</span>
  const past = date.getTime() - now
  const [unit, length] = parts.find(([, size]) => Math.abs(past) >= size) ?? parts.at(-1)
  return <time dateTime={date.toISOString()} title={exact.format(date)}>{absolute ? exact.format(date) : relative.format(Math.trunc(past / length), unit)}</time>
}
