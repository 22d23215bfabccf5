const rate = 0.2

export const taxed = (net: number) => `${(net * (1 + rate)).toFixed(2)} EUR`
