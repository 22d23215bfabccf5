// Lines of a source around a place. `frame`: the text as the command line prints it; or `lines`: [{number, text, marked?}].
export function CodeFrame({title, frame, lines}) {
  return (
    <figure class="u-frame">
      {title && <figcaption>{title}</figcaption>}
      <pre tabIndex={0}>{frame ?? lines.map(({number, text, marked}) => <div key={number} class={marked ? "u-marked" : ""}><span class="u-number">{number}</span>{text}</div>)}</pre>
    </figure>
  )
}
