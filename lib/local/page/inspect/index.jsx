export const inspectors = []
