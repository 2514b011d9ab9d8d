/** Which of the media types that we have a client likes best (RFC 9110, 12.5.1); the first where it does not say. Undefined where it takes none. */
export function preferred<Type extends string>(accept: string | undefined, types: readonly Type[]): Type | undefined {
  if (accept === undefined || accept.trim() === '') return types[0]
  const ranges = accept.toLowerCase().split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((each) => each.trim())
    const q = parameters.find((each) => /^q\s*=/.test(each))
    const weight = q === undefined ? 1 : Number(q.slice(q.indexOf('=') + 1))
    return { range, weight: Number.isFinite(weight) ? weight : 0 }
  })
  const weightOf = (type: Type): number => {
    // The most specific range decides.
    for (const range of [type, `${type.split('/')[0]}/*`, '*/*']) {
      const found = ranges.find((each) => each.range === range)
      if (found) return found.weight
    }
    return 0
  }
  const weighted = types.map((type) => [type, weightOf(type)] as const).filter(([, weight]) => weight > 0)
  return weighted.toSorted((a, b) => b[1] - a[1])[0]?.[0]
}
