// Names that may have been meant by a slip.
function distance(a, b) {
  let row = Array.from({length: b.length + 1}, (nothing, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]
}

// The names that may have been meant, nearest first.
export function near(name, names) {
  const wanted = name.toLowerCase()
  return [...new Set(names)]
    .map((other) => ({other, far: distance(wanted, other.toLowerCase()), inside: other.toLowerCase().includes(wanted)}))
    .filter(({other, far, inside}) => inside || far <= Math.max(2, Math.floor(other.length / 3)))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({other}) => other)
}
