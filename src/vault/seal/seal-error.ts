export type SealErrorCode =
  | 'CONTENT_WRONG' | 'TOO_LARGE' | 'NO_RECIPIENTS' | 'KEY_WRONG' | 'WRONG_PASSPHRASE'
  | 'RECORD_DIFFERS' | 'ROLLED_BACK' | 'BRANCHED' | 'HASH_DIFFERS' | 'SIGNATURE_WRONG' | 'SIGNER_UNKNOWN' | 'FORM_WRONG' | 'NOT_FOR_THIS_KEY' | 'ALTERED'

/** What is wrong with a record or a key, in words for the person at the screen: never with anything of the record's content. */
export class SealError extends Error {
  override readonly name = 'SealError'
  constructor(readonly code: SealErrorCode, message: string) {
    super(message)
  }
}
