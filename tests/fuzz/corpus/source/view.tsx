export const V = ({a}: {a: string}) => <A title="T & C" {...a}>{/* c */} AT&T &amp; {a ? <B.C<string> x={() => <></>}/> : `t ${a}`} it's</A>
const g = <T,>(x: T) => x
