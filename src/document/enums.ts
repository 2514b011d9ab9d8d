/** The closed vocabularies of a story document. Each is listed once, here; schema, database and API take them from this file. */

export const REVISION_KINDS = ['ALERT', 'WRITE_THROUGH', 'SUB', 'ADD', 'ADVANCE'] as const
export const PARAGRAPH_ROLES = ['HEADLINE', 'SUMMARY', 'BODY', 'CAPTION', 'CORRECTION', 'EDITORS_NOTE'] as const
export const SPEECHES = ['DIRECT', 'MIXED', 'INDIRECT'] as const
export const SOURCE_KINDS = ['PERSON', 'ORGANIZATION', 'ANONYMOUS', 'DOCUMENT', 'OUTLET', 'GROUP'] as const
export const MENTION_FORMS = ['NAME', 'DESCRIPTION', 'PRONOUN'] as const
export const GROUND_RULES = ['ON_RECORD', 'BACKGROUND', 'DEEP_BACKGROUND', 'OFF_RECORD', 'UNSTATED'] as const
export const QUOTE_STANDINGS = ['STANDS', 'CHALLENGED', 'CORRECTED', 'WITHDRAWN'] as const
export const STATEMENT_CHANNELS = ['WRITTEN_STATEMENT', 'PRESS_RELEASE', 'EMAIL', 'PRESS_CONFERENCE', 'BRIEFING', 'INTERVIEW', 'SOCIAL_MEDIA', 'COURT_FILING', 'LETTER', 'WEBSITE', 'OTHER'] as const
export const STATEMENT_RELEASES = ['EXCERPT', 'FULL'] as const
export const CONTACT_CHANNELS = ['PHONE', 'EMAIL', 'TEXT_MESSAGE', 'IN_PERSON', 'LETTER', 'SOCIAL_MEDIA', 'LAWYER', 'OTHER'] as const
export const REQUEST_OUTCOMES = ['ANSWERED', 'PARTIAL', 'DECLINED', 'NO_RESPONSE', 'UNREACHABLE', 'PENDING'] as const
export const RECORD_KINDS = ['TRANSCRIPT', 'RECORDING', 'NOTES'] as const
export const EVENT_VISIBILITIES = ['PUBLIC', 'PRIVATE'] as const
export const MEDIA_KINDS = ['PICTURE', 'VIDEO', 'AUDIO', 'GRAPHIC'] as const
export const CLAIM_KINDS = ['FACT', 'ALLEGATION', 'OPINION', 'SPECULATION', 'BACKGROUND'] as const

export type RevisionKind = (typeof REVISION_KINDS)[number]
export type ParagraphRole = (typeof PARAGRAPH_ROLES)[number]
export type Speech = (typeof SPEECHES)[number]
export type SourceKind = (typeof SOURCE_KINDS)[number]
export type MentionForm = (typeof MENTION_FORMS)[number]
export type GroundRules = (typeof GROUND_RULES)[number]
export type QuoteStanding = (typeof QUOTE_STANDINGS)[number]
export type StatementChannel = (typeof STATEMENT_CHANNELS)[number]
export type StatementRelease = (typeof STATEMENT_RELEASES)[number]
export type ContactChannel = (typeof CONTACT_CHANNELS)[number]
export type RequestOutcome = (typeof REQUEST_OUTCOMES)[number]
export type RecordKind = (typeof RECORD_KINDS)[number]
export type EventVisibility = (typeof EVENT_VISIBILITIES)[number]
export type MediaKind = (typeof MEDIA_KINDS)[number]
export type ClaimKind = (typeof CLAIM_KINDS)[number]
