import { config } from 'zod'

// The page's policy lets no text become code; without this, schemas would try it once and be reported.
config({ jitless: true })
