/** The message that answers an event: there is never more than one, and none without its event being handled. */
export const replyId = (event: string): string => `reply:${event}`;
