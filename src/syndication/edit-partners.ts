import { z } from 'zod'
import type { Staff } from '../access/index.js'
import { insertRows, statement, type Queries } from '../database/index.js'
import { EMBARGO_ACCESS } from './partners.js'

export type PartnerCode = 'NOT_FOUND' | 'INVALID' | 'NAME_TAKEN' | 'KEY_ENDED' | 'ALREADY_ROTATED' | 'ALREADY_REVOKED' | 'WRONG_STATE'
export interface Refused { readonly ok: false; readonly code: PartnerCode; readonly message: string; readonly path?: string }
export type PartnerResult = { readonly ok: true; readonly partnerId: string } | Refused

/** Who changes something, and what is injected. */
export interface Managing { readonly staff: Pick<Staff, 'name' | 'role'>; readonly now: Date; readonly newId: () => string }

export const refuse = (code: PartnerCode, message: string, path?: string): Refused => ({ ok: false, code, message, ...(path !== undefined && { path }) })

/** What breaks its format or limit first, as a refusal. */
export function formProblem(form: z.ZodType, given: unknown): Refused | undefined {
  const checked = form.safeParse(given)
  if (checked.success) return undefined
  const [{ path, message }] = checked.error.issues as [z.core.$ZodIssue]
  const where = path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? String(part) : `.${String(part)}`)).join('')
  return refuse('INVALID', `${where} ${message}.`, where)
}

const MOST_ENTRIES = 200
const MOST_DAYS = 36_500

/** A name or label. A control character could forge lines of a list. */
export const word = z.string().refine((text) => text.trim() !== '' && text.length <= 200 && !/\p{C}/u.test(text), 'has 1 to 200 characters, none of them a control character')
const entries = <T extends z.ZodType>(entry: T) => z.array(entry).max(MOST_ENTRIES, `has more than ${MOST_ENTRIES} entries`)
const isPhone = (text: string) => /^[+(]?[\d ()./+-]{3,40}( ?(x|ext\.?) ?\d{1,8})?$/i.test(text) && text.replaceAll(/\D/g, '').length >= 3

const dutyContact = z.strictObject({
  name: word.optional(),
  email: z.email({ error: 'is not an e-mail address' }).max(254, 'is longer than 254 characters').optional(),
  phone: z.string().refine(isPhone, 'is not a telephone number such as "+1 555 0100"').optional(),
}).refine(({ email, phone }) => email !== undefined || phone !== undefined, 'has neither e-mail nor phone; give one at least')

export interface GivenContact { readonly name?: string | undefined; readonly email?: string | undefined; readonly phone?: string | undefined }
export interface GivenPartner { readonly name: string; readonly dutyContact: GivenContact }

const partnerForm = z.strictObject({ name: word, dutyContact })
const TAKEN = statement('partner_name_taken', `SELECT 1 FROM "Partner" AS p WHERE lower(p."name") = lower($1)`)

/** Adds a partner. It reads nothing before it has a contract and a key. */
export async function createPartner(queries: Queries, given: GivenPartner, { staff, now, newId }: Managing): Promise<PartnerResult> {
  const wrong = formProblem(partnerForm, given)
  if (wrong) return wrong
  const name = given.name.trim()
  if ((await queries.query(TAKEN, [name])).length > 0) return refuse('NAME_TAKEN', `There is a partner "${name}" already.`, 'name')
  const id = newId()
  const { dutyContact: contact } = given
  await insertRows(queries, { Partner: [{ id, name, dutyName: contact.name ?? null, dutyEmail: contact.email ?? null, dutyPhone: contact.phone ?? null, createdAt: now, createdBy: staff.name }] })
  return { ok: true, partnerId: id }
}

const CONTACT = statement('set_duty_contact', `UPDATE "Partner" SET "dutyName" = $2, "dutyEmail" = $3, "dutyPhone" = $4 WHERE "id" = $1::uuid RETURNING 1`)

/** Replaces whom to reach at night; what is left out is gone. */
export async function setDutyContact(queries: Queries, partnerId: string, given: GivenContact): Promise<PartnerResult> {
  const wrong = formProblem(z.strictObject({ dutyContact }), { dutyContact: given })
  if (wrong) return wrong
  const found = await queries.query(CONTACT, [partnerId, given.name ?? null, given.email ?? null, given.phone ?? null])
  return found.length > 0 ? { ok: true, partnerId } : noPartner()
}

export interface GivenContract {
  readonly allDesks: boolean
  readonly desks: readonly string[]
  readonly allTopics: boolean
  readonly topics: readonly string[]
  readonly wholeArchive: boolean
  readonly archiveDays?: number | undefined
  readonly embargoAccess: string
  /** Whether only registered documents are answered. */
  readonly registeredOnly: boolean
  /** Now, where left out. */
  readonly validFrom?: Date | undefined
  readonly validUntil?: Date | undefined
}

const contractForm = z.strictObject({
  allDesks: z.boolean(), desks: entries(word),
  allTopics: z.boolean(), topics: entries(z.string().regex(/^medtop:\d{8}$/, 'is not an IPTC Media Topics code such as "medtop:11000000"')),
  wholeArchive: z.boolean(), archiveDays: z.int('is not a whole number of days').min(1, 'is less than 1 day').max(MOST_DAYS, `is more than ${MOST_DAYS} days; give the whole archive instead`).optional(),
  embargoAccess: z.enum(EMBARGO_ACCESS), registeredOnly: z.boolean(), validFrom: z.date().optional(), validUntil: z.date().optional(),
})
const LOCK = statement('lock_partner', `SELECT 1 FROM "Partner" AS p WHERE p."id" = $1::uuid FOR UPDATE`)
const NEXT = statement('next_contract', `SELECT coalesce(max(c."number"), 0) + 1 AS number FROM "PartnerContract" AS c WHERE c."partnerId" = $1::uuid`)

/**
 * Sets a contract. It takes the place of the one before from its `validFrom` on, and that one stays on record. What it covers is said, never
 * assumed: all desks, topics and the whole archive are given as such. A desk or topic that no story has yet is fine.
 */
export async function setPartnerContract(queries: Queries, partnerId: string, given: GivenContract, { staff, now }: Managing): Promise<PartnerResult> {
  const validFrom = given.validFrom ?? now
  const wrong = formProblem(contractForm, given) ?? choiceProblem(given) ?? endProblem(validFrom, given.validUntil)
  if (wrong) return wrong
  if ((await queries.query(LOCK, [partnerId])).length === 0) return noPartner()
  const [next] = await queries.query<{ number: number }>(NEXT, [partnerId])
  const { allDesks, desks, allTopics, topics, embargoAccess, registeredOnly, archiveDays, validUntil } = given
  await insertRows(queries, { PartnerContract: [{
    partnerId, number: next!.number, allDesks, desks: [...new Set(desks)], allTopics, topics: [...new Set(topics)], embargoAccess, registeredOnly, archiveDays: archiveDays ?? null, validFrom, validUntil: validUntil ?? null, setAt: now, setBy: staff.name,
  }] })
  return { ok: true, partnerId }
}

function choiceProblem({ allDesks, desks, allTopics, topics, wholeArchive, archiveDays }: GivenContract): Refused | undefined {
  if (allDesks === desks.length > 0) return refuse('INVALID', 'Give "desks" or "allDesks", one of the two.', 'desks')
  if (allTopics === topics.length > 0) return refuse('INVALID', 'Give "topics" or "allTopics", one of the two.', 'topics')
  return wholeArchive === (archiveDays !== undefined) ? refuse('INVALID', 'Give "archiveDays" or "wholeArchive", one of the two.', 'archiveDays') : undefined
}

function endProblem(validFrom: Date, validUntil: Date | undefined): Refused | undefined {
  return validUntil && validUntil <= validFrom ? refuse('INVALID', `The contract would end at ${validUntil.toISOString()}, which is not after its begin at ${validFrom.toISOString()}.`, 'validUntil') : undefined
}

export function noPartner(): Refused {
  return refuse('NOT_FOUND', 'There is no such partner.', 'partnerId')
}
