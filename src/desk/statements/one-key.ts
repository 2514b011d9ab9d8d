import { useRef } from 'react'

/** Gives each input its idempotency key, and the same input the same one: what is sent again after its answer was lost is done once. A refusal leaves no trace, so its key serves again. */
export function useKeys(): <I extends object>(input: I) => I & { readonly idempotencyKey: string } {
  const keys = useRef(new Map<string, string>())
  return (input) => {
    const asked = JSON.stringify(input)
    const idempotencyKey = keys.current.get(asked) ?? crypto.randomUUID()
    keys.current.set(asked, idempotencyKey)
    return { ...input, idempotencyKey }
  }
}
