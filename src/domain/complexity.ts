/** 1 look, 2 say, 3 change, 4 destroy, spend or trust. */
export type Complexity = 1 | 2 | 3 | 4;
