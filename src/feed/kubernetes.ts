import { isStandIn } from './stand-ins.ts';

const OF_SECRET = /^[ \t]*["']?kind["']?:[ \t]*["']?secret["']?,?[ \t]*$/im;
/** The lines below `data:`, which are further to the right. */
const DATA = /^([ \t]*)(?:data|stringData):[ \t]*\n(?:(?:\1[ \t]+[^\n]*|[ \t]*)(?:\n|$))+/gm;
const VALUE = /^([ \t]+(?:["']?[\w.-]{1,80}["']?:[ \t]*)?["']?)([A-Za-z0-9+/]{8,}={0,2})(["']?)$/gm;

/** Text in which the values of each Secret of Kubernetes are `[secret]`: it says itself that they are. */
export function withoutKubernetes(text: string): string {
  if (!OF_SECRET.test(text)) return text;
  return text
    .split(/^(?=---[ \t]*$)/m)
    .map((part) => (OF_SECRET.test(part) ? withoutData(part) : part))
    .join('');
}

const withoutData = (part: string): string =>
  part.replace(DATA, (data) =>
    data.replace(VALUE, (all, before: string, value: string, after: string) =>
      isStandIn(value) ? all : `${before}[secret]${after}`,
    ),
  );
