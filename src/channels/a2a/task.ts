/** A message of a remote agent and how far it is, as the store has it. */
export interface Asked {
  /** Id of its event. */
  readonly id: string;
  readonly context: string;
  /** Which remote agent sent it. */
  readonly remote: string;
  /** How its turn ended; absent while it has not. */
  readonly result?: string;
  readonly text?: string;
}

const STATES: Readonly<Record<string, string>> = {
  replied: 'TASK_STATE_COMPLETED',
  stopped: 'TASK_STATE_CANCELED',
  blocked: 'TASK_STATE_REJECTED',
  declined: 'TASK_STATE_REJECTED',
};

/** A message as a task of the protocol: its answer is both its status and its one artifact. */
export function taskOf({ id, context: contextId, result, text = '' }: Asked) {
  const task = { id, contextId };
  if (result === undefined) return { ...task, status: { state: 'TASK_STATE_WORKING' } };
  const parts = [{ text }];
  const message = { messageId: `answer-${id}`, contextId, taskId: id, role: 'ROLE_AGENT', parts };
  const state = STATES[result] ?? 'TASK_STATE_FAILED';
  return {
    ...task,
    status: { state, message },
    ...(state === 'TASK_STATE_COMPLETED' ? { artifacts: [{ artifactId: 'answer', parts }] } : {}),
  };
}
