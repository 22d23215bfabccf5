export default async function heap() {
  const kept: string[][] = []
  for (;;) kept.push(Array.from({length: 100000}, (_, i) => `${kept.length} ${i}`))
}
