import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);
var capped=(text,max)=>text.slice(0,max).toWellFormed();export{capped};
