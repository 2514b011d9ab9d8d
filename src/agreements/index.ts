/** What was agreed with anonymous sources, beside the revisions: who granted what, which editor approved which use. GraphQL files are reached beside this door. */
export { agreementsBySlug, agreementsOf, fileOfStory, onFile } from './agreement-file.js'
export { expungeAgreements, FILE_SQL, putOnFile, type AgreementFile, type RecordedAgreement, type RecordedApproval } from './agreement.store.js'
