// How the keys are called where the browser runs.
const mac = /Mac|iPhone|iPad/.test(navigator.userAgentData?.platform ?? navigator.platform)

export const paletteHint = mac ? "⌘K" : "Ctrl K"
