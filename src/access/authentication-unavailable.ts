/** The sign-in provider cannot be asked, and nothing that is known decides. */
export class AuthenticationUnavailable extends Error {
  override readonly name = 'AuthenticationUnavailable'
}
