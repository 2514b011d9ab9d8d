/** Something of the same shape that is nowhere: an id of the same type, a key or a name of the same length, with capitals and digits where they were. */
export function like(secret: string): string {
  const [, type, key] = /^([A-Z][a-zA-Z]+):(.+)$/.exec(Buffer.from(secret, 'base64url').toString()) ?? []
  if (type !== undefined) return Buffer.from(`${type}:${like(key!)}`).toString('base64url')
  const isUuid = /^[0-9a-f-]{36}$/.test(secret)
  const turned = (letter: string, from: string, by: number) => String.fromCharCode(((letter.charCodeAt(0) - from.charCodeAt(0) + by) % (isUuid ? 6 : 26)) + from.charCodeAt(0))
  return secret.replaceAll(/[a-z]/g, (letter) => turned(letter, 'a', isUuid ? 1 : 7)).replaceAll(/[A-Z]/g, (letter) => turned(letter, 'A', 7))
    // The digits of a UUID that say what it is stay.
    .replaceAll(/\d/g, (digit, at: number) => (isUuid && [14, 19].includes(at) ? digit : String((Number(digit) + 3) % 10)))
}
