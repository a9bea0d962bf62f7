/** Header, with value `1`, of requests that a console makes by itself and not because a person asked (docs/operations.md, the log). */
export const BY_ITSELF = 'x-tinkin-auto';
