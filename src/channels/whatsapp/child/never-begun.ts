/** No code of WhatsApp's: the process ended before it had spoken to anybody. */
export const NEVER_BEGUN = 0;
