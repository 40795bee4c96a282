// Readers that give a part of the data its shape, whatever stands in the file: what is missing, null or of another type
// becomes an empty text, an empty list or null, so that no section needs to test for it.

export type Reader<T> = (raw: unknown) => T;

/** The type that a reader gives. */
export type Of<R> = R extends Reader<infer T> ? T : never;

/** A finite number, or null. */
export const num: Reader<number | null> = (raw) => (typeof raw === 'number' && Number.isFinite(raw) ? raw : null);

/** A text; a number is written out; else empty. */
export const text: Reader<string> = (raw) => (typeof raw === 'string' ? raw : num(raw) === null ? '' : String(raw));

/** A text, or null: of a response of the whole world there is no nation. */
export const name: Reader<string | null> = (raw) => (typeof raw === 'string' && raw ? raw : null);

export const flag: Reader<boolean> = (raw) => raw === true || raw === 1;

/** Every item through `item`; what is no list is empty. */
export const list = <T>(item: Reader<T>): Reader<T[]> => (raw) => (Array.isArray(raw) ? raw.map(item) : []);

const is_record = (raw: unknown): raw is Record<string, unknown> => typeof raw === 'object' && raw !== null && !Array.isArray(raw);

/** The items that are records; others are dropped. */
export const records = <S extends Record<string, Reader<unknown>>>(shape: S): Reader<Shaped<S>[]> => {
  const item = record(shape);
  return (raw) => (Array.isArray(raw) ? raw.filter(is_record).map(item) : []);
};

type Shaped<S extends Record<string, Reader<unknown>>> = { [K in keyof S]: ReturnType<S[K]> };

/** An object with these members and no other. */
export const record = <S extends Record<string, Reader<unknown>>>(shape: S): Reader<Shaped<S>> => (raw) => {
  const given = is_record(raw) ? raw : {};
  return Object.fromEntries(Object.entries(shape).map(([key, reader]) => [key, reader(given[key])])) as Shaped<S>;
};

/** The same, or null where there is no object. */
export const maybe = <S extends Record<string, Reader<unknown>>>(shape: S): Reader<Shaped<S> | null> => {
  const reader = record(shape);
  return (raw) => (is_record(raw) ? reader(raw) : null);
};
