// Paths of the control API that several places ask.
export const recordPath = (object, ref) => `/records/${encodeURIComponent(object)}/${encodeURIComponent(ref)}`
