/** Who asks. Everything that reads stories takes a viewer; nothing reads them without one. */
export type Viewer = Reader | Partner | Staff

export interface Reader {
  readonly kind: 'READER'
}

/** Another outlet, with a key and a contract. */
export interface Partner {
  readonly kind: 'PARTNER'
  readonly id: string
  readonly name: string
  /** Whether the key gives embargoed copy, where a contract does. */
  readonly readsEmbargoed: boolean
  /** What the contract in force covers; undefined where none is in force. */
  readonly entitlement: Entitlement | undefined
  /** Number of that contract, 0 where none is in force; and since when that is so, null where none ever was. */
  readonly contract: { readonly number: number; readonly since: string | null }
  /** Whether the contract holds them to registered documents. */
  readonly documentsOnly: boolean
}

/** What a contract covers: all that is named must hold. Null where there is no limit. */
export interface Entitlement {
  readonly desks: readonly string[] | null
  /** IPTC Media Topics codes; a story needs one of them. */
  readonly topics: readonly string[] | null
  /** How many days back its stories reach. */
  readonly archiveDays: number | null
  /** Whether stories are read before their embargo ends. */
  readonly hasAdvanceAccess: boolean
}

/** From the one who may do least to the one who may do most: of several, the last counts. */
export const STAFF_ROLES = ['PREVIEW', 'LAWYER', 'REPORTER', 'EDITOR', 'STANDARDS_EDITOR', 'ADMIN'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

export interface Staff {
  readonly kind: 'STAFF'
  readonly role: StaffRole
  /** As stories and waivers keep it. Two people may have the same. */
  readonly name: string
  /** Whose it is alone, and stays: the id of a token, or the sign-in provider's own for a person. Never shown. */
  readonly subject: string
  /** Key of the journalist that they are in bylines, where the token names one. */
  readonly journalist?: string | undefined
}

export const READER: Reader = { kind: 'READER' }

/** One text for one viewer, for what is counted or kept by viewer. Never shown. Readers have none: they are told apart by their address. */
export function viewerKey(viewer: Viewer): string | undefined {
  if (viewer.kind === 'READER') return undefined
  return viewer.kind === 'PARTNER' ? `partner:${viewer.id}` : `staff:${viewer.subject}`
}
