export const FlowPanel = () => null
export const FlowPage = () => null
