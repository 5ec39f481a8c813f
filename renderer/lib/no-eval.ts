import * as z from 'zod'

// The content security policy forbids compiling code, which zod tries with the first object schema that it meets;
// so this module is imported before any schema.
z.config({ jitless: true })
