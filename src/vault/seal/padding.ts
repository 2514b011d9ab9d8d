/** Bytes that a record is padded to before it is encrypted, so that the length of a name or a note does not show. */
export const SIZE_CLASSES = [4 * 1024, 16 * 1024, 64 * 1024, 192 * 1024] as const
const LENGTH = 4
export const MOST_PLAINTEXT = SIZE_CLASSES.at(-1)! - LENGTH

/** The text behind its length in four bytes, filled up with zeros to the next size class. Undefined where it is longer than the largest. */
export function pad(plaintext: Uint8Array): Uint8Array | undefined {
  const size = SIZE_CLASSES.find((each) => each >= plaintext.length + LENGTH)
  if (size === undefined) return undefined
  const padded = new Uint8Array(size)
  new DataView(padded.buffer).setUint32(0, plaintext.length)
  padded.set(plaintext, LENGTH)
  return padded
}

/** Undefined where it was not padded so. */
export function unpad(padded: Uint8Array): Uint8Array | undefined {
  if (!(SIZE_CLASSES as readonly number[]).includes(padded.length)) return undefined
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0)
  if (length > padded.length - LENGTH || padded.subarray(LENGTH + length).some((byte) => byte !== 0)) return undefined
  return padded.subarray(LENGTH, LENGTH + length)
}
