/**
 * 106 bits of two independent 53-bit string hashes (cyrb53), in hexadecimal. Not for secrets: it tells changed words from
 * unchanged ones. Written here because the checks also run in browsers, where node:crypto is missing.
 */
export function fingerprintOf(parts: readonly string[]): string {
  const text = parts.map((part) => part.replace(/\s+/g, ' ').trim()).join('\u0001')
  return hash(text, 0x9e3779b9) + hash(text, 0x85ebca6b)
}

function hash(text: string, seed: number): string {
  let a = 0xdeadbeef ^ seed
  let b = 0x41c6ce57 ^ seed
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(16).padStart(14, '0')
}
