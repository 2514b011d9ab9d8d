/** A cleared person's side of the vault, in the command line or a page: what it asks of the server, what it believes, and what opened records are compared with. */
export { namesInCopy } from './names-in-copy.js'
export { openedVaultOf } from './opened-vault.js'
export { Refusal, shown, VaultServer, type AskNewsroom, type KnownMember, type ListedRecord } from './vault-server.js'
export { VaultSession, type LocalMemory, type Trusted } from './vault-session.js'
