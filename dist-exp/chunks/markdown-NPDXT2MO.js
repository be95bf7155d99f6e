import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);
import{readMarkdown}from"./chunk-TK3UA2DT.js";import"./chunk-HXZU73PK.js";export{readMarkdown};
