/** What somebody is called, by entity ref. @public */
export type NameOf = (ref: string) => string;

/** `user:default/ana.duarte` as `ana.duarte`, when nothing better is known. @public */
export const nameOf: NameOf = ref => ref.split('/').pop() ?? ref;
