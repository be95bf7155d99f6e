import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);
var SendError=class extends Error{failure;constructor(failure){super(failure.reason),this.name="SendError",this.failure=failure}};export{SendError};
