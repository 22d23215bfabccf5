// Texts that a page which made markup of them would run.
export const script = "<script>globalThis.pwned = 1</script>"
export const image = `<img src=x onerror="globalThis.pwned = 1">`
export const quoted = `"><svg onload="globalThis.pwned = 1">`
export const address = "javascript:globalThis.pwned=1"
export const all = `${script}${image}${quoted}{{7*7}}\${7*7}\u202egnp.exe\u0000\uffff`
