/** A key's plural forms count as one: `unread` for `unread_one` and `unread_other`. */
export type Singular<Key extends string> = Key extends `${infer Base}_${'one' | 'other'}` ? Base : Key;

/** The same texts in another language. */
export type Translated<English> = Readonly<Record<keyof English, string>>;
