export { READER, STAFF_ROLES, type Reader, type Staff, type StaffRole, type Viewer } from './viewer.js'
export { serverSecret } from './secret.js'
export { derivedStaffToken, issueStaffToken, staffOf, storeStaffToken } from './staff-tokens.js'
export { DESK_ACTIONS, forbidden, type DeskAction, type Forbidden } from './desk-actions.js'
