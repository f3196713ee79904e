/** A new Idempotency-Key. `crypto.randomUUID` is there on safe origins only, and an office may use plain http. */
export const newKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};
