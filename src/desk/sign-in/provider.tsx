import { useEffect, useState } from 'react'
import { go, useAddress } from '../address'
import { refusedBy } from '../ask'
import { comeBack, doors, leaveFor, RETURN, type Door } from './open-id'

/** Signing in with the newsroom's provider, where it has one. */
export function Provider() {
  const { path, search } = useAddress()
  const [offered, setOffered] = useState<{ readonly issuer: string; readonly door: Door | null }>()
  const [isComing, setComing] = useState(() => comeBack() !== undefined)
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    void (async () => {
      const { issuer, door } = await doors().catch(() => ({ issuer: null, door: null }))
      if (issuer !== null) setOffered({ issuer, door })
    })()
    comeBack()?.then((to) => go(to, { replace: true }), (error: unknown) => {
      setProblem(refusedBy(error).message)
      setComing(false)
    })
  }, [])
  if (!offered && !isComing && problem === undefined) return null
  const leave = async ({ door }: { readonly door: Door | null }) => {
    if (!door) return setProblem('The sign-in provider does not answer. Load this page again in a moment.')
    try {
      await leaveFor(door, path === RETURN ? '/' : path + (search.size > 0 ? `?${search}` : ''))
    } catch (error) {
      setProblem(refusedBy(error).message)
    }
  }
  return (
    <div className="sign-in-provider">
      {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
      {isComing ? <p role="status">Signing in …</p> : offered && <button type="button" onClick={() => void leave(offered)}>Sign in with {new URL(offered.issuer).host}</button>}
    </div>
  )
}
