/** Who asks. Everything that reads stories takes a viewer; nothing reads them without one. */
export type Viewer = Reader | Staff

export interface Reader {
  readonly kind: 'READER'
}

export const STAFF_ROLES = ['PREVIEW', 'REPORTER', 'EDITOR', 'STANDARDS_EDITOR', 'ADMIN'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

export interface Staff {
  readonly kind: 'STAFF'
  readonly role: StaffRole
  readonly name: string
  /** Key of the journalist that they are in bylines, where the token names one. */
  readonly journalist?: string | undefined
}

export const READER: Reader = { kind: 'READER' }
