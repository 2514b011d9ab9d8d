import type { Rule } from '../rule.js'
import { rule as ambiguousAttributionPronoun } from './ambiguous-attribution-pronoun.js'
import { rule as anonymityWithoutApproval } from './anonymity-without-approval.js'
import { rule as anonymousOpinionOrSpeculation } from './anonymous-opinion-or-speculation.js'
import { rule as anonymousPejorative } from './anonymous-pejorative.js'
import { rule as backgroundFactNeedsReference } from './background-fact-needs-reference.js'
import { rule as bareSourceDescriptor } from './bare-source-descriptor.js'
import { rule as boilerplateAnonymityReason } from './boilerplate-anonymity-reason.js'
import { rule as claimDrift } from './claim-drift.js'
import { rule as countConflict } from './count-conflict.js'
import { rule as definiteReferenceWithoutAntecedent } from './definite-reference-without-antecedent.js'
import { rule as descriptorDrift } from './descriptor-drift.js'
import { rule as formulaicDescriptor } from './formulaic-descriptor.js'
import { rule as genderedPronounForAnonymous } from './gendered-pronoun-for-anonymous.js'
import { rule as groundRulesViolated } from './ground-rules-violated.js'
import { rule as indefiniteReintroduction } from './indefinite-reintroduction.js'
import { rule as institutionalResponseAnonymous } from './institutional-response-anonymous.js'
import { rule as inventedPseudonym } from './invented-pseudonym.js'
import { rule as leadRestsOnAnonymous } from './lead-rests-on-anonymous.js'
import { rule as loadedAttributionVerb } from './loaded-attribution-verb.js'
import { rule as mindReadingAttribution } from './mind-reading-attribution.js'
import { rule as missingAnonymityReason } from './missing-anonymity-reason.js'
import { rule as missingBasisOrSide } from './missing-basis-or-side.js'
import { rule as missingBylineOnAnonymous } from './missing-byline-on-anonymous.js'
import { rule as missingRequestForComment } from './missing-request-for-comment.js'
import { rule as nestedAttribution } from './nested-attribution.js'
import { rule as noNamedSpeaker } from './no-named-speaker.js'
import { rule as nonResponsiveResponse } from './non-responsive-response.js'
import { rule as overIdentifyingDescriptor } from './over-identifying-descriptor.js'
import { rule as overlappingOfficialGroups } from './overlapping-official-groups.js'
import { rule as partialQuoteWithoutSpeaker } from './partial-quote-without-speaker.js'
import { rule as pluralWithSingleSource } from './plural-with-single-source.js'
import { rule as precisionConflict } from './precision-conflict.js'
import { rule as quoteNotVerbatim } from './quote-not-verbatim.js'
import { rule as quoteWithoutRecord } from './quote-without-record.js'
import { rule as quotedAndDeclined } from './quoted-and-declined.js'
import { rule as singleAnonymousSourceClaim } from './single-anonymous-source-claim.js'
import { rule as statementMissingMetadata } from './statement-missing-metadata.js'
import { rule as superlativeWithoutSource } from './superlative-without-source.js'
import { rule as thirdPartyClaimWithoutResponse } from './third-party-claim-without-response.js'
import { rule as toldOutletMismatch } from './told-outlet-mismatch.js'
import { rule as unanchoredTime } from './unanchored-time.js'
import { rule as unattributedContinuation } from './unattributed-continuation.js'
import { rule as unattributedPrivateEvent } from './unattributed-private-event.js'
import { rule as unattributedRestatement } from './unattributed-restatement.js'
import { rule as undisclosedVoice } from './undisclosed-voice.js'
import { rule as unmarkedAlteration } from './unmarked-alteration.js'
import { rule as unnamedSpokesperson } from './unnamed-spokesperson.js'
import { rule as unquantifiedPlural } from './unquantified-plural.js'
import { rule as vagueOfficialPlural } from './vague-official-plural.js'
import { rule as vagueOutletCredit } from './vague-outlet-credit.js'

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  ambiguousAttributionPronoun,
  anonymityWithoutApproval,
  anonymousOpinionOrSpeculation,
  anonymousPejorative,
  backgroundFactNeedsReference,
  bareSourceDescriptor,
  boilerplateAnonymityReason,
  claimDrift,
  countConflict,
  definiteReferenceWithoutAntecedent,
  descriptorDrift,
  formulaicDescriptor,
  genderedPronounForAnonymous,
  groundRulesViolated,
  indefiniteReintroduction,
  institutionalResponseAnonymous,
  inventedPseudonym,
  leadRestsOnAnonymous,
  loadedAttributionVerb,
  mindReadingAttribution,
  missingAnonymityReason,
  missingBasisOrSide,
  missingBylineOnAnonymous,
  missingRequestForComment,
  nestedAttribution,
  noNamedSpeaker,
  nonResponsiveResponse,
  overIdentifyingDescriptor,
  overlappingOfficialGroups,
  partialQuoteWithoutSpeaker,
  pluralWithSingleSource,
  precisionConflict,
  quoteNotVerbatim,
  quoteWithoutRecord,
  quotedAndDeclined,
  singleAnonymousSourceClaim,
  statementMissingMetadata,
  superlativeWithoutSource,
  thirdPartyClaimWithoutResponse,
  toldOutletMismatch,
  unanchoredTime,
  unattributedContinuation,
  unattributedPrivateEvent,
  unattributedRestatement,
  undisclosedVoice,
  unmarkedAlteration,
  unnamedSpokesperson,
  unquantifiedPlural,
  vagueOfficialPlural,
  vagueOutletCredit,
]
