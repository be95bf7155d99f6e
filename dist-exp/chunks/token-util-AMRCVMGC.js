import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);
import{require_token_util}from"./chunk-E4NYQUMR.js";import"./chunk-HXZU73PK.js";export default require_token_util();
