import { useCallback, useEffect, useState } from 'react'
import type { KnownMember, Trusted, VaultSession } from '../../vault/client/index.js'
import { explained } from './unlocked'

/** The newsroom's keys, as the server shows them and as they were confirmed in this browser. */
export interface KnownKeys {
  readonly all: readonly KnownMember[]
  /** Fingerprints under which the server shows another key. */
  readonly forged: readonly string[]
  readonly trusted: Trusted
  /** One's own, where it is registered. */
  readonly own: KnownMember | undefined
  readonly isThere: boolean
  readonly problem: string | undefined
  readonly again: () => Promise<void>
}

export function useKeys(session: VaultSession): KnownKeys {
  const [known, setKnown] = useState<Pick<KnownKeys, 'all' | 'forged' | 'trusted' | 'isThere' | 'problem'>>({ all: [], forged: [], trusted: {}, isThere: false, problem: undefined })
  const again = useCallback(async () => {
    session.askAgain()
    try {
      const [{ known: all, forged }, trusted] = await Promise.all([session.members, session.trusted()])
      setKnown({ all: [...all.values()], forged, trusted, isThere: true, problem: undefined })
    } catch (error) {
      setKnown((before) => ({ ...before, problem: explained(error) }))
    }
  }, [session])
  useEffect(() => { void again() }, [again])
  return { ...known, own: known.all.find(({ fingerprint }) => fingerprint === session.key.fingerprint), again }
}

/** Whom a record can be sealed to besides oneself: keys in use whose fingerprint was confirmed here. */
export function clearable({ all, trusted, own }: KnownKeys): KnownMember[] {
  return all.filter(({ card, state, fingerprint }) => card.purpose === 'MEMBER' && state === 'ACTIVE' && fingerprint in trusted && fingerprint !== own?.fingerprint)
}
