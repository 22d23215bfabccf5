// Small signs as pictures: letters for them are boxes where a system's fonts have none.
const paths = {
  close: "M4 4l8 8M12 4l-8 8",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  left: "M10 3.5L5.5 8l4.5 4.5",
  right: "M6 3.5L10.5 8 6 12.5",
  up: "M3.5 10L8 5.5l4.5 4.5",
  down: "M3.5 6L8 10.5 12.5 6",
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
  again: "M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3",
}

export const Icon = ({name}) => (
  <svg class="u-icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false"><path d={paths[name]} /></svg>
)
