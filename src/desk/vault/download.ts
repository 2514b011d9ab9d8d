import { keptKey } from './memory'

/** Saves the key file, under its passphrase: `key.age`, as the command line reads it. */
export function downloadKey(): void {
  const address = URL.createObjectURL(new Blob([keptKey() ?? ''], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = address
  link.download = 'key.age'
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
